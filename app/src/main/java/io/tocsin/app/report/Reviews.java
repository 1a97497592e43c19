package io.tocsin.app.report;

import io.tocsin.app.document.Column;
import io.tocsin.app.document.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tickets that are reviewed, drawn from each day's, with the scores they were given. */
final class Reviews {
    /** The attributes of a ticket that hold its scores, from 1 to 5. */
    static final List<String> SCORES = List.of("qa_timeliness", "qa_resolution", "qa_attitude", "qa_professionalism");

    private static final BigDecimal LEAST = BigDecimal.ONE;
    private static final BigDecimal MOST = BigDecimal.valueOf(5);

    private Reviews() {}

    static Table of(Request request) {
        Table table = new Table(
                "reviews",
                request.say("Tickets to review", "服务质量评分表"),
                List.of(
                        Column.words("ticket", request.say("ticket", "工单号")),
                        Column.words("agent", request.say("agent", "客服")),
                        Column.number("timeliness", request.say("timeliness", "响应及时性（1-5）")),
                        Column.number("resolution", request.say("resolution", "问题解决度（1-5）")),
                        Column.number("attitude", request.say("attitude", "服务态度（1-5）")),
                        Column.number("professionalism", request.say("professionalism", "专业能力（1-5）"))));
        Map<LocalDate, List<PastTicket>> days = request.run().tickets().stream()
                .collect(Collectors.groupingBy(
                        ticket -> request.period().dayOf(ticket.openedNs()), TreeMap::new, Collectors.toList()));
        int drawn = 0;
        for (List<PastTicket> tickets : days.values()) {
            List<PastTicket> sample = request.sample().of(tickets);
            sample.forEach(ticket -> table.row(row(ticket)));
            drawn += sample.size();
        }
        Sample sample = request.sample();
        String share = sample.share().movePointRight(2).stripTrailingZeros().toPlainString() + " %";
        return table.note(request.say(
                drawn + " of " + request.run().tickets().size() + " tickets, " + share + " of each day's, seed "
                        + sample.seed() + ".",
                "每日抽取" + share + "，共" + request.run().tickets().size() + "张工单中的" + drawn + "张，种子" + sample.seed()
                        + "。"));
    }

    /** A score from 1 to 5; null for anything else. */
    static @Nullable BigDecimal score(@Nullable Object value) {
        return value instanceof BigDecimal score && score.compareTo(LEAST) >= 0 && score.compareTo(MOST) <= 0
                ? score
                : null;
    }

    private static List<@Nullable Object> row(PastTicket ticket) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(ticket.id());
        row.add(ticket.agent());
        row.addAll(ticket.scores());
        return row;
    }
}
