package io.tocsin.app.report;

import io.tocsin.app.document.Column;
import io.tocsin.app.document.Table;
import io.tocsin.engine.view.StatsView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why figures are out of line: for each that is, the groups of tickets without which it would be best. Every attribute that
 * tells the period's tickets apart is tried, each of its values taken out, and the figure computed of what is left.
 */
final class Causes {
    private static final int MOST_CAUSES = 5;
    private static final int SHARE_DECIMALS = 1;

    private Causes() {}

    /** A group that was taken out. */
    private record Cause(String attribute, @Nullable String value, Fraction group, Fraction without, double better) {}

    static Table of(Request request) {
        Table table = new Table(
                "out_of_line",
                request.say("Out of line, and why", "异常指标及原因"),
                List.of(
                        Column.words("figure", request.say("figure", "指标")),
                        Column.words("unit", request.say("unit", "单位")),
                        Column.number("value", request.say("value", "数值")),
                        Column.words("attribute", request.say("attribute", "维度")),
                        Column.words("group", request.say("group", "分组")),
                        Column.number("counted", request.say("of", "样本数")),
                        Column.number("missed", request.say("missed", "未达标数")),
                        Column.number("share", request.say("of all missed %", "占未达标比例%")),
                        Column.number("its_figure", request.say("its figure", "该组数值")),
                        Column.number("without", request.say("without it", "剔除后"))));
        Map<String, List<StatsView.Group>> groups = new LinkedHashMap<>();
        int missed = 0;
        for (KeyFigure figure : KeyFigure.values()) {
            Fraction all = request.run().fraction(figure, request.period());
            if (request.standards().isMissed(figure, all)) {
                missed++;
                add(request, table, figure, all, groups);
            }
        }
        return table.note(
                missed == 0
                        ? request.say("Every figure that has a standard keeps it.", "所有设有标准的指标均达标。")
                        : request.say(
                                "Each group is one without which the figure would be better, the best first; groups of"
                                        + " different attributes overlap.",
                                "每行为剔除后指标改善的分组，改善最大者在前；不同维度的分组可能重叠。"));
    }

    private static void add(
            Request request, Table table, KeyFigure figure, Fraction all, Map<String, List<StatsView.Group>> groups) {
        List<Cause> causes = causes(request, figure, all, groups);
        Unit unit = figure.unit();
        String title = figure.title(request.language());
        if (causes.isEmpty()) {
            table.row(title, unit.text(), unit.number(all), null, null, all.bottom(), null, null, null, null);
        }
        for (Cause cause : causes) {
            Fraction group = cause.group();
            boolean counts = figure.countsTickets();
            table.row(
                    title,
                    unit.text(),
                    unit.number(all),
                    request.attributeTitle(cause.attribute()),
                    cause.value() == null ? request.say("(none)", "（无）") : cause.value(),
                    group.bottom(),
                    counts ? (Long) figure.missed(group) : null,
                    counts
                            ? new Fraction(figure.missed(group), figure.missed(all)).value(100, 1, SHARE_DECIMALS)
                            : null,
                    unit.number(group),
                    unit.number(cause.without()));
        }
    }

    private static List<Cause> causes(
            Request request, KeyFigure figure, Fraction all, Map<String, List<StatsView.Group>> groups) {
        List<Cause> causes = new ArrayList<>();
        for (String attribute : request.run().tellingAttributes()) {
            List<StatsView.Group> values =
                    groups.computeIfAbsent(attribute, name -> request.run().groups(List.of(name), request.period()));
            for (StatsView.Group value : values) {
                Fraction group = request.run().fraction(figure, value);
                Fraction without = all.minus(group);
                if (group.exists() && without.exists() && figure.better(without, all) > 0) {
                    causes.add(new Cause(
                            attribute,
                            Where.textOf(value.key().get(attribute)),
                            group,
                            without,
                            figure.better(without, all)));
                }
            }
        }
        causes.sort(Comparator.comparingDouble(Cause::better)
                .reversed()
                .thenComparing(
                        Comparator.comparingLong((Cause cause) -> cause.group().bottom())
                                .reversed())
                .thenComparing(Cause::attribute));
        return causes.subList(0, Math.min(MOST_CAUSES, causes.size()));
    }
}
