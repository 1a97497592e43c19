package io.tocsin.app.report;

import io.tocsin.app.chart.Axis;
import io.tocsin.app.chart.BarChart;
import io.tocsin.app.document.Column;
import io.tocsin.app.document.Table;
import io.tocsin.engine.view.StatsView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Key figures over time: a row for each day of a month, or month of a quarter, and one for all of it. */
final class Trend {
    private static final List<KeyFigure> SHOWN = List.of(
            KeyFigure.ON_TIME_RESPONSE_RATE,
            KeyFigure.FIRST_CONTACT_RESOLUTION,
            KeyFigure.AVERAGE_WAITING,
            KeyFigure.AVERAGE_RESOLUTION,
            KeyFigure.RESOLUTION_ATTAINMENT,
            KeyFigure.CSAT,
            KeyFigure.NPS,
            KeyFigure.COMPLAINT_RATE,
            KeyFigure.REPEAT_CONTACT_RATE);
    private static final List<KeyFigure> DRAWN = List.of(
            KeyFigure.ON_TIME_RESPONSE_RATE, KeyFigure.FIRST_CONTACT_RESOLUTION, KeyFigure.RESOLUTION_ATTAINMENT);

    private Trend() {}

    static Table of(Request request) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.words("period", request.say("period", "周期")));
        columns.add(Column.number("opened", request.say("opened", "受理量")));
        for (KeyFigure figure : SHOWN) {
            String unit = figure.unit().text();
            columns.add(Column.number(
                    figure.key(), figure.title(request.language()) + (unit.isEmpty() ? "" : " (" + unit + ")")));
        }
        Table table = new Table("trend", request.say("Over time", "趋势"), columns);
        List<Period> parts = request.period().parts();
        List<List<@Nullable Double>> lines = new ArrayList<>();
        DRAWN.forEach(figure -> lines.add(new ArrayList<>()));
        for (Period part : parts) {
            Optional<StatsView.Group> group = request.run().figures(part);
            table.row(row(request, part.name(), group));
            for (int i = 0; i < DRAWN.size(); i++) {
                lines.get(i).add(Shape.chartPercent(fraction(request, DRAWN.get(i), group)));
            }
        }
        table.row(row(request, request.say("all", "合计"), request.run().figures(request.period())));
        return table.chart(() -> chart(request, parts, lines));
    }

    private static String chart(Request request, List<Period> parts, List<List<@Nullable Double>> lines) {
        BarChart chart = BarChart.of(
                request.say("Over time", "趋势"),
                parts.stream().map(Period::name).toList(),
                Axis.linear("%").between(0, 100));
        for (int i = 0; i < DRAWN.size(); i++) {
            chart.line(DRAWN.get(i).title(request.language()), lines.get(i));
        }
        request.standards()
                .of(DRAWN.get(0))
                .ifPresent(limit -> chart.target(request.say("standard", "标准"), 100 * limit.rough()));
        return chart.svg();
    }

    private static List<@Nullable Object> row(Request request, String name, Optional<StatsView.Group> group) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(name);
        row.add(group.map(each -> each.tickets().opened()).orElse(0L));
        SHOWN.forEach(figure -> row.add(figure.unit().number(fraction(request, figure, group))));
        return row;
    }

    private static Fraction fraction(Request request, KeyFigure figure, Optional<StatsView.Group> group) {
        return group.map(each -> request.run().fraction(figure, each)).orElse(Fraction.NOTHING);
    }
}
