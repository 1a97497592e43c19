package io.tocsin.app.report;

import io.tocsin.app.chart.Axis;
import io.tocsin.app.chart.BarChart;
import io.tocsin.app.document.Column;
import io.tocsin.app.document.Table;
import io.tocsin.app.yaml.Durations;
import io.tocsin.engine.view.ServiceFigures;
import io.tocsin.engine.view.StatsView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What service was like: by what it was about, and by the hour of the day. */
final class Shape {
    private static final int HOURS = 24;
    private static final String PERCENT_AXIS = "%";
    /** So many names find room in a chart. */
    private static final int MOST_NAMES = 24;

    private Shape() {}

    /** A row for each category, and one for all. */
    static Table byCategory(Request request) {
        String threshold = Durations.format(request.run().settings().waitingThresholdNs());
        Table table = new Table(
                "by_category",
                request.say("By " + request.category(), "按" + request.attributeTitle(request.category()) + "统计"),
                List.of(
                        Column.words(request.category(), request.attributeTitle(request.category())),
                        Column.number("opened", request.say("opened", "受理量")),
                        Column.number("average_first_response", request.say("first response (s)", "平均首次响应（秒）")),
                        Column.number(
                                "long_waits", request.say("over " + threshold + " (%)", "超" + threshold + "占比（%）")),
                        Column.number("first_contact_resolution", request.say("first contact (%)", "首次解决率（%）")),
                        Column.number("repeat_contact_rate", request.say("second contact (%)", "二次联系率（%）")),
                        Column.number("handed_over", request.say("several departments (%)", "多部门协作（%）")),
                        Column.number("csat", request.say("satisfied (%)", "满意度（%）")),
                        Column.number("average_resolution", request.say("resolution (min)", "平均解决（分钟）")),
                        Column.number("late_resolutions", request.say("resolved late (%)", "解决超时占比（%）"))));
        List<String> names = new ArrayList<>();
        List<@Nullable Double> shares = new ArrayList<>();
        for (StatsView.Group group : request.run().groups(List.of(request.category()), request.period())) {
            if (group.tickets().opened() == 0
                    && group.clocks().values().stream().allMatch(clock -> clock.stopped() == 0)) {
                continue;
            }
            String name = Where.textOf(group.key().get(request.category()));
            table.row(row(request, name, group));
            Fraction longWaits = request.run().fraction(KeyFigure.LONG_WAITS, group);
            names.add(name == null ? "–" : name);
            shares.add(chartPercent(longWaits));
        }
        request.run()
                .figures(request.period())
                .ifPresent(all -> table.row(row(request, request.say("all", "合计"), all)));
        if (!names.isEmpty() && names.size() <= MOST_NAMES) {
            table.chart(() -> BarChart.of(
                            request.say("Waits over " + threshold, "等待超过" + threshold + "的占比"),
                            names,
                            Axis.fromZero(PERCENT_AXIS))
                    .bars(request.say("share", "占比"), shares)
                    .svg());
        }
        return table;
    }

    /** A row for each hour of the day in which somebody waited. */
    static Table byHour(Request request) {
        String threshold = Durations.format(request.run().settings().waitingThresholdNs());
        Table table = new Table(
                "by_hour",
                request.say("By hour of the day", "按时段统计"),
                List.of(
                        Column.words("hour", request.say("opened at", "时段")),
                        Column.number("answered", request.say("answered", "已响应")),
                        Column.number("long_waits", request.say("over " + threshold, "超" + threshold)),
                        Column.number("share", request.say("share (%)", "占比（%）"))));
        @Nullable Double[] answered = new @Nullable Double[HOURS];
        @Nullable Double[] longWaits = new @Nullable Double[HOURS];
        Optional<ServiceFigures> service =
                request.run().figures(request.period()).map(StatsView.Group::service);
        service.map(ServiceFigures::waitingByHour).orElse(List.of()).forEach(hour -> {
            Fraction share = new Fraction(hour.longWaits(), hour.waits());
            table.row(hourName(hour.hour()), hour.waits(), hour.longWaits(), share.value(100, 1, 1));
            answered[hour.hour()] = (double) hour.waits();
            longWaits[hour.hour()] = (double) hour.longWaits();
        });
        if (service.filter(each -> !each.waitingByHour().isEmpty()).isPresent()) {
            List<String> names = new ArrayList<>();
            for (int hour = 0; hour < HOURS; hour++) {
                names.add(String.format(Locale.ROOT, "%02d", hour));
            }
            table.chart(() -> BarChart.of(
                            request.say("Contacts by hour", "各时段联系量"),
                            names,
                            Axis.fromZero(request.say("contacts", "联系量")))
                    .bars(request.say("answered", "已响应"), Arrays.asList(answered))
                    .bars(request.say("over ", "超") + threshold, Arrays.asList(longWaits))
                    .svg());
        }
        return table;
    }

    private static List<@Nullable Object> row(Request request, @Nullable String name, StatsView.Group group) {
        PastRun run = request.run();
        List<@Nullable Object> row = new ArrayList<>();
        row.add(name);
        row.add(group.tickets().opened());
        row.add(Unit.SECONDS.number(run.fraction(KeyFigure.AVERAGE_WAITING, group)));
        row.add(number(run, KeyFigure.LONG_WAITS, group));
        row.add(number(run, KeyFigure.FIRST_CONTACT_RESOLUTION, group));
        row.add(number(run, KeyFigure.REPEAT_CONTACT_RATE, group));
        row.add(number(run, KeyFigure.HANDED_OVER, group));
        row.add(number(run, KeyFigure.CSAT, group));
        row.add(number(run, KeyFigure.AVERAGE_RESOLUTION, group));
        row.add(Unit.PERCENT.number(
                run.fraction(KeyFigure.RESOLUTION_ATTAINMENT, group).rest()));
        return row;
    }

    private static @Nullable BigDecimal number(PastRun run, KeyFigure figure, StatsView.Group group) {
        return figure.unit().number(run.fraction(figure, group));
    }

    static @Nullable Double chartPercent(Fraction figure) {
        BigDecimal percent = Unit.PERCENT.number(figure);
        return percent == null ? null : (Double) percent.doubleValue();
    }

    private static String hourName(int hour) {
        return String.format(Locale.ROOT, "%02d:00–%02d:00", hour, hour + 1);
    }
}
