package io.tocsin.app.report;

import io.tocsin.app.document.Column;
import io.tocsin.app.document.Table;
import io.tocsin.app.yaml.Durations;
import io.tocsin.engine.view.StatsView;
import io.tocsin.engine.view.TicketFigures;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How many tickets there were, and each key figure beside its standard and beside what it was before. */
final class KeyFigures {
    private KeyFigures() {}

    static Table of(Request request) {
        Table table = new Table(
                "key_figures",
                request.say("Key figures", "关键指标"),
                List.of(
                        Column.words("figure", request.say("figure", "指标")),
                        Column.number("value", request.say("value", "数值")),
                        Column.remarks("unit", request.say("unit", "单位")),
                        Column.remarks("standard", request.say("standard", "标准")),
                        Column.remarks("kept", request.say("kept", "是否达标")),
                        Column.number("before", request.say("before", "上期")),
                        Column.number("counted", request.say("of", "样本数"))));
        Optional<StatsView.Group> now = request.run().figures(request.period());
        Optional<StatsView.Group> before =
                request.run().figures(request.period().previous());
        flow(request, table, "opened", "受理工单", now, before, TicketFigures::opened);
        flow(request, table, "resolved", "解决", now, before, TicketFigures::resolved);
        flow(request, table, "reopened", "重新打开", now, before, TicketFigures::reopened);
        flow(request, table, "abandoned", "客户放弃", now, before, TicketFigures::abandoned);
        flow(request, table, "handed over", "转交", now, before, TicketFigures::transferred);
        flow(request, table, "complaints", "投诉", now, before, TicketFigures::complained);
        for (KeyFigure figure : KeyFigure.values()) {
            row(
                    request,
                    table,
                    figure,
                    now.map(group -> request.run().fraction(figure, group)).orElse(Fraction.NOTHING),
                    before.map(group -> request.run().fraction(figure, group)).orElse(Fraction.NOTHING));
        }
        Waiting.of(request)
                .ifPresent(waiting -> row(
                        request,
                        table,
                        request.say("wait, (phone + online) / 2", "等待时间（(电话＋在线)/2）"),
                        KeyFigure.AVERAGE_WAITING,
                        waiting.now(),
                        waiting.before(),
                        null));
        return table.note(
                request.say("The service level is computed as " + level(now) + ".", "服务水平的计算方式：" + level(now) + "。"));
    }

    private static void flow(
            Request request,
            Table table,
            String english,
            String chinese,
            Optional<StatsView.Group> now,
            Optional<StatsView.Group> before,
            ToLongFunction<TicketFigures> count) {
        table.row(
                request.say(english, chinese),
                now.map(group -> count.applyAsLong(group.tickets())).orElse(0L),
                null,
                null,
                null,
                before.map(group -> count.applyAsLong(group.tickets())).orElse(0L),
                null);
    }

    private static void row(Request request, Table table, KeyFigure figure, Fraction now, Fraction before) {
        row(request, table, figure.title(request.language()), figure, now, before, now.bottom());
    }

    private static void row(
            Request request,
            Table table,
            String title,
            KeyFigure figure,
            Fraction now,
            Fraction before,
            @Nullable Long counted) {
        Unit unit = figure.unit();
        Optional<Fraction> limit = request.standards().of(figure);
        table.row(
                title,
                unit.number(now),
                unit.text().isEmpty() ? null : unit.text(),
                limit.map(each -> figure.sign() + " " + unit.limit(each)).orElse(null),
                limit.isEmpty() || !now.exists()
                        ? null
                        : request.standards().isMissed(figure, now)
                                ? request.say("NO", "未达标")
                                : request.say("yes", "达标"),
                unit.number(before),
                counted);
    }

    private static String level(Optional<StatsView.Group> group) {
        return group.map(each -> each.service().serviceLevel())
                .map(level -> level.formula() + ", " + level.clock() + " ≤ " + Durations.format(level.withinNs()))
                .orElse("–");
    }
}
