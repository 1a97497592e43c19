/* Every word of the pages, in both languages. What comes from events and policies is shown as it is. */

const EN = {
  otherLanguage: '中文',
  toDark: 'Dark',
  toLight: 'Light',
  boardTitle: 'Tocsin wallboard',
  everything: 'All tickets',
  states: {starting: 'Connecting…', live: 'Live', stale: 'Out of date', gone: 'No connection'},
  staleBanner: 'These figures are out of date: the server is not answering in time.',
  goneBanner: 'The server cannot be reached. Trying again.',
  startingBanner: 'The server does not answer yet. Trying again.',
  figuresOf: (age) => `The figures are ${age} old.`,
  windowsLabel: 'Window',
  windows: {'5m': '5 min', '15m': '15 min', '1h': '1 h', today: 'Today', all: 'All'},
  openTickets: 'Open',
  tickets: {
    waiting: 'Waiting',
    longest_waiting: 'Longest wait',
    opened: 'Opened',
    resolved: 'Resolved',
    reopened: 'Reopened',
    abandoned: 'Abandoned',
  },
  clocks: {
    first_response: 'First response',
    next_response: 'Next response',
    periodic_update: 'Periodic update',
    resolution: 'Resolution',
    acceptance: 'Acceptance',
    handover_resolution: 'Handover resolution',
    wrap_up: 'Wrap-up',
    follow_up: 'Follow-up',
    greeting: 'Greeting',
  },
  figures: {met: 'Met', breached: 'Breached', running: 'Running', paused: 'Paused'},
  ratesLabel: 'Rates',
  rates: {
    service_level: (within) => `Service level ${within}`,
    first_contact_resolution: 'First contact',
    csat: 'CSAT',
    nps: 'NPS',
    complaint_rate: 'Complaints',
  },
  noResult: 'no result yet',
  goal: (share) => `goal ${share}`,
  belowGoal: (share) => `below goal ${share}`,
  attainmentTrend: (clock, minutes) => `${clock}: share met, each point over ${minutes} min`,
  openTrend: 'Open tickets',
  trendNote: (minutes, since) => `Trend: share met over ${minutes} min, since ${since}`,
  nextToBreach: 'About to breach',
  forecast: 'Coming due if nothing happens',
  within: (time) => `≤\u202f${time}`,
  nothingDue: 'Nothing is running.',
  alerts: 'Latest breaches',
  noAlerts: 'No breaches.',
  kinds: {breach: 'Breach', escalation: 'Escalation', revoked: 'Taken back', objective: 'Objective'},
  levelTo: (level, to) => `level ${level} to ${to}`,
  by: (name) => `By ${name}`,
  attributes: {},
  more: (count) => `and ${count} more`,
  noGroups: 'No tickets yet.',
  unknownValue: 'none',
  detectionLag: 'Detection lag',
  latency: {p50: 'median', p99: '99%', max: 'longest'},
  asOf: (time) => `Figures of ${time}`,
  why: 'Why did this breach?',
  backToBoard: 'To the wallboard',
  noTicket: (id) => `Ticket ${id} is not known, or forgotten.`,
  noTicketAsked: 'Which ticket? Give its id as ?id=… in the address.',
  loadFailed: 'The server cannot be asked. Trying again.',
  ticketStatus: {
    open: 'open', pending: 'pending', resolved: 'resolved', closed: 'closed', cancelled: 'cancelled', abandoned: 'abandoned',
  },
  verdicts: {
    breached: (late) => `Breached: ${late} over its target`,
    met: (left) => `Met with ${left} to spare`,
    running: (left) => `Running: ${left} left`,
    paused: (left) => `Paused: ${left} left`,
    cancelled: 'Cancelled before a result',
    noTarget: (used) => `${used} used`,
  },
  facts: {policy: 'Policy', calendar: 'Calendar', target: 'Target', elapsed: 'Used', started: 'Started', due: 'Due', stopped: 'Stopped'},
  segments: {running: 'Running', paused: 'Paused', outside_hours: 'Outside hours', stopped: 'Stopped'},
  columns: {from: 'From', kind: 'What', seconds: 'Lasted', counted: 'Counted', because: 'Because of'},
  sum: 'Sum',
  cycle: (number) => `cycle ${number}`,
  segmentsOf: (clock) => `${clock}: time by kind`,
  events: 'Events',
  dueMark: 'due',
  ticketNote: (zone) => `Times are those of ${zone}. On the bars, time outside hours is drawn short.`,
};

const ZH = {
  otherLanguage: 'English',
  toDark: '深色',
  toLight: '浅色',
  boardTitle: 'Tocsin 看板',
  everything: '全部工单',
  states: {starting: '正在连接…', live: '实时', stale: '数据过期', gone: '连接中断'},
  staleBanner: '数据已过期：服务器未能及时应答。',
  goneBanner: '无法连接服务器，正在重试。',
  startingBanner: '服务器尚未应答，正在重试。',
  figuresOf: (age) => `数据为 ${age}前。`,
  windowsLabel: '统计时段',
  windows: {'5m': '5 分钟', '15m': '15 分钟', '1h': '1 小时', today: '今天', all: '全部'},
  openTickets: '未结',
  tickets: {
    waiting: '等待中',
    longest_waiting: '最长等待',
    opened: '新建',
    resolved: '解决',
    reopened: '重开',
    abandoned: '放弃',
  },
  clocks: {
    first_response: '首次响应',
    next_response: '后续响应',
    periodic_update: '定期更新',
    resolution: '解决',
    acceptance: '受理',
    handover_resolution: '转办解决',
    wrap_up: '服务记录',
    follow_up: '回访',
    greeting: '问候',
  },
  figures: {met: '达标', breached: '超时', running: '计时中', paused: '暂停'},
  ratesLabel: '服务指标',
  rates: {
    service_level: (within) => `${within}服务水平`,
    first_contact_resolution: '首次解决率',
    csat: '满意度',
    nps: '净推荐值',
    complaint_rate: '投诉率',
  },
  noResult: '暂无结果',
  goal: (share) => `目标 ${share}`,
  belowGoal: (share) => `低于目标 ${share}`,
  attainmentTrend: (clock, minutes) => `${clock}：达标率，每点统计 ${minutes} 分钟`,
  openTrend: '未结工单',
  trendNote: (minutes, since) => `趋势：每点为 ${minutes} 分钟达标率，自 ${since} 起`,
  nextToBreach: '即将超时',
  forecast: '若无处理将到期',
  within: (time) => `${time}内`,
  nothingDue: '没有计时中的工单。',
  alerts: '最新超时',
  noAlerts: '没有超时。',
  kinds: {breach: '超时', escalation: '升级', revoked: '已撤销', objective: '指标'},
  levelTo: (level, to) => `第 ${level} 级，通知 ${to}`,
  by: (name) => `按${name}`,
  attributes: {
    channel: '渠道', team: '团队', agent: '坐席', priority: '优先级', tier: '客户等级', region: '地区', category: '类别',
    stage: '阶段', grade: '等级', language: '语言', group: '组',
  },
  more: (count) => `另有 ${count} 项`,
  noGroups: '暂无工单。',
  unknownValue: '未填',
  detectionLag: '检测延迟',
  latency: {p50: '中位', p99: '99%', max: '最长'},
  asOf: (time) => `数据时间 ${time}`,
  why: '为什么超时？',
  backToBoard: '返回看板',
  noTicket: (id) => `工单 ${id} 不存在或已清除。`,
  noTicketAsked: '哪张工单？请在地址中用 ?id=… 指定。',
  loadFailed: '无法询问服务器，正在重试。',
  ticketStatus: {
    open: '未结', pending: '挂起', resolved: '已解决', closed: '已关闭', cancelled: '已取消', abandoned: '已放弃',
  },
  verdicts: {
    breached: (late) => `超时：超出目标 ${late}`,
    met: (left) => `达标：剩余 ${left}`,
    running: (left) => `计时中：剩余 ${left}`,
    paused: (left) => `暂停：剩余 ${left}`,
    cancelled: '未有结果即取消',
    noTarget: (used) => `已用 ${used}`,
  },
  facts: {policy: '策略', calendar: '日历', target: '目标', elapsed: '已用', started: '开始', due: '到期', stopped: '停止'},
  segments: {running: '计时', paused: '暂停', outside_hours: '非工作时间', stopped: '停止'},
  columns: {from: '开始', kind: '状态', seconds: '时长', counted: '计入', because: '起因'},
  sum: '合计',
  cycle: (number) => `第 ${number} 轮`,
  segmentsOf: (clock) => `${clock}：时间构成`,
  events: '事件',
  dueMark: '到期',
  ticketNote: (zone) => `时间按 ${zone} 时区显示；图中非工作时间画得较短。`,
};

/** The words of the page's language. */
export function texts() {
  return document.documentElement.lang === 'zh' ? ZH : EN;
}

/** The name of a clock; one of a policy's own is made of its key. */
export function clockName(name) {
  return own(texts().clocks, name) ?? capital(plain(name));
}

/** The name of an attribute, within a line. */
export function attributeName(name) {
  return own(texts().attributes, name) ?? plain(name);
}

/** The display name of a policy in the page's language, if the policy file has one. */
export function policyName(policy, label) {
  return own(label ?? {}, document.documentElement.lang) ?? policy ?? '';
}

export function plain(name) {
  return name.replaceAll('_', ' ');
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A property of the object's own; names come from policies and may be anything. */
export function own(object, name) {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
