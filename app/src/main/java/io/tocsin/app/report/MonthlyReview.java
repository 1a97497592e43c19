package io.tocsin.app.report;

import io.tocsin.app.document.Column;
import io.tocsin.app.document.Table;
import io.tocsin.engine.view.StatsView;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a department looks back on at the end of a month: where it was late, who needs help, who did best. */
final class MonthlyReview {
    private static final List<String> AGENTS = List.of(PastTicket.AGENT);
    private static final List<KeyFigure> JUDGED =
            List.of(KeyFigure.ON_TIME_RESPONSE_RATE, KeyFigure.RESPONSE_ATTAINMENT, KeyFigure.RESOLUTION_ATTAINMENT);
    /** An agent with fewer answers, or fewer reviewed tickets, is not compared with others. */
    private static final int LEAST_ANSWERS = 20;

    private static final int LEAST_REVIEWS = 3;
    private static final int MOST_BEST = 3;
    private static final int SCORE_DECIMALS = 2;

    private MonthlyReview() {}

    /** What was late, by what it was about; the most first. */
    static Table lateByCategory(Request request) {
        Table table = new Table(
                "late_by_category",
                request.say("Late by " + request.category(), "超时原因分类"),
                List.of(
                        Column.words(request.category(), request.attributeTitle(request.category())),
                        Column.number("late_responses", request.say("late responses", "响应超时")),
                        Column.number("late_responses_share", request.say("of all (%)", "占比（%）")),
                        Column.number("late_resolutions", request.say("late resolutions", "解决超时")),
                        Column.number("late_resolutions_share", request.say("of all (%)", "占比（%）"))));
        PastRun run = request.run();
        List<StatsView.Group> groups = run.groups(List.of(request.category()), request.period());
        Fraction responses = sum(run, groups, KeyFigure.RESPONSE_ATTAINMENT).rest();
        Fraction resolutions = sum(run, groups, KeyFigure.RESOLUTION_ATTAINMENT).rest();
        groups.stream()
                .sorted(Comparator.comparingLong((StatsView.Group group) -> late(run, group))
                        .reversed())
                .filter(group -> late(run, group) > 0)
                .forEach(group -> {
                    BigDecimal response = run.fraction(KeyFigure.RESPONSE_ATTAINMENT, group)
                            .rest()
                            .top();
                    BigDecimal resolution = run.fraction(KeyFigure.RESOLUTION_ATTAINMENT, group)
                            .rest()
                            .top();
                    table.row(
                            Where.textOf(group.key().get(request.category())),
                            response,
                            share(response, responses),
                            resolution,
                            share(resolution, resolutions));
                });
        return table;
    }

    /** Agents who were below a standard in this month and in the one before. */
    static Table belowStandard(Request request) {
        Table table = new Table(
                "below_standard",
                request.say("Two months in a row below standard", "连续两月未达标人员"),
                List.of(
                        Column.words("agent", request.say("agent", "客服")),
                        Column.words("figure", request.say("figure", "指标")),
                        Column.words("standard", request.say("standard", "标准")),
                        Column.number("before", request.say("month before", "上月")),
                        Column.number("value", request.say("this month", "本月"))));
        Map<Object, StatsView.Group> before = new HashMap<>();
        request.run()
                .groups(AGENTS, request.period().previous())
                .forEach(group -> before.put(Request.cells(AGENTS, group), group));
        for (StatsView.Group group : request.run().groups(AGENTS, request.period())) {
            StatsView.Group last = before.get(Request.cells(AGENTS, group));
            if (last != null && group.key().get(PastTicket.AGENT) != null) {
                JUDGED.forEach(figure -> addIfBelow(request, table, figure, last, group));
            }
        }
        return table.note(request.say(
                "Judged by those of these figures that have a standard: " + titles(request) + ".",
                "依据已设标准的下列指标：" + titles(request) + "。"));
    }

    /** Who responded best, and whose quality was best. */
    static Table best(Request request) {
        Table table = new Table(
                "best",
                request.say("Best of the month", "本月之星"),
                List.of(
                        Column.words("what", request.say("what", "奖项")),
                        Column.words("agent", request.say("agent", "客服")),
                        Column.number("value", request.say("value", "数值")),
                        Column.words("unit", request.say("unit", "单位")),
                        Column.number("counted", request.say("of", "样本数"))));
        bestResponses(request, table);
        bestQuality(request, table);
        return table.note(request.say(
                "Responses: promises kept, then the shorter wait, of agents with at least " + LEAST_ANSWERS
                        + " responses. Quality: the average of all scores, of agents with at least " + LEAST_REVIEWS
                        + " reviewed tickets.",
                "响应：达标率高者优先，其次等待时间短者，至少" + LEAST_ANSWERS + "次响应。质量：全部评分的平均值，至少" + LEAST_REVIEWS + "张已评分工单。"));
    }

    private static void bestResponses(Request request, Table table) {
        PastRun run = request.run();
        Function<StatsView.Group, Fraction> kept = group -> run.fraction(KeyFigure.RESPONSE_ATTAINMENT, group);
        Function<StatsView.Group, Fraction> wait = group -> run.fraction(KeyFigure.AVERAGE_WAITING, group);
        run.groups(AGENTS, request.period()).stream()
                .filter(group -> group.key().get(PastTicket.AGENT) != null)
                .filter(group -> kept.apply(group).bottom() >= LEAST_ANSWERS
                        && wait.apply(group).exists())
                .sorted(Comparator.comparing(kept, Fraction::compareValueTo)
                        .reversed()
                        .thenComparing(wait, Fraction::compareValueTo))
                .limit(MOST_BEST)
                .forEach(group -> table.row(
                        request.say("response", "最佳响应"),
                        Where.textOf(group.key().get(PastTicket.AGENT)),
                        Unit.PERCENT.number(kept.apply(group)),
                        Unit.PERCENT.text(),
                        kept.apply(group).bottom()));
    }

    private static void bestQuality(Request request, Table table) {
        Map<String, Fraction> scores = new TreeMap<>();
        Map<String, Integer> reviewed = new HashMap<>();
        for (PastTicket ticket : request.run().tickets()) {
            List<BigDecimal> given =
                    ticket.scores().stream().filter(Objects::nonNull).toList();
            if (ticket.agent() != null && !given.isEmpty()) {
                BigDecimal sum = given.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
                scores.merge(ticket.agent(), new Fraction(sum, given.size()), Fraction::plus);
                reviewed.merge(ticket.agent(), 1, Integer::sum);
            }
        }
        scores.entrySet().stream()
                .filter(each -> reviewed.getOrDefault(each.getKey(), 0) >= LEAST_REVIEWS)
                .sorted(Map.Entry.<String, Fraction>comparingByValue(Fraction::compareValueTo)
                        .reversed())
                .limit(MOST_BEST)
                .forEach(each -> table.row(
                        request.say("quality", "最佳质量"),
                        each.getKey(),
                        each.getValue().value(1, 1, SCORE_DECIMALS),
                        "1–5",
                        reviewed.get(each.getKey())));
    }

    private static void addIfBelow(
            Request request, Table table, KeyFigure figure, StatsView.Group before, StatsView.Group now) {
        Fraction last = request.run().fraction(figure, before);
        Fraction value = request.run().fraction(figure, now);
        Optional<Fraction> limit = request.standards().of(figure);
        if (limit.isPresent()
                && request.standards().isMissed(figure, last)
                && request.standards().isMissed(figure, value)) {
            table.row(
                    Where.textOf(now.key().get(PastTicket.AGENT)),
                    figure.title(request.language()),
                    figure.sign() + " " + figure.unit().limit(limit.get()) + " "
                            + figure.unit().text(),
                    figure.unit().number(last),
                    figure.unit().number(value));
        }
    }

    private static String titles(Request request) {
        return String.join(
                request.say(", ", "、"),
                JUDGED.stream().map(figure -> figure.title(request.language())).toList());
    }

    private static long late(PastRun run, StatsView.Group group) {
        return run.fraction(KeyFigure.RESPONSE_ATTAINMENT, group).rest().top().longValue()
                + run.fraction(KeyFigure.RESOLUTION_ATTAINMENT, group)
                        .rest()
                        .top()
                        .longValue();
    }

    private static Fraction sum(PastRun run, List<StatsView.Group> groups, KeyFigure figure) {
        return groups.stream().map(group -> run.fraction(figure, group)).reduce(Fraction.NOTHING, Fraction::plus);
    }

    private static @Nullable BigDecimal share(BigDecimal part, Fraction whole) {
        return new Fraction(part, whole.top().longValueExact()).value(100, 1, 1);
    }
}
