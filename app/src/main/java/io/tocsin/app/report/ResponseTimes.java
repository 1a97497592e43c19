package io.tocsin.app.report;

import io.tocsin.app.document.Column;
import io.tocsin.app.document.Table;
import io.tocsin.engine.view.ClockFigures;
import io.tocsin.engine.view.StatsView;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The monitoring of response times: a row for each day and agent. */
final class ResponseTimes {
    private ResponseTimes() {}

    static Table of(Request request) {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.words("date", request.say("date", "日期")));
        request.by().forEach(name -> columns.add(Column.words(name, request.attributeTitle(name))));
        columns.add(Column.number("tickets", request.say("tickets", "处理工单数")));
        columns.add(
                Column.number("average_first_response", request.say("average first response (min)", "平均首次响应时间（分钟）")));
        columns.add(Column.number("average_resolution", request.say("average resolution (h)", "平均问题解决时间（小时）")));
        columns.add(Column.number("response_attainment", request.say("response attainment (%)", "响应达标率（%）")));
        columns.add(Column.number("resolution_attainment", request.say("resolution attainment (%)", "解决达标率（%）")));
        Table table = new Table("response_times", request.say("Response times", "响应时效监控表"), columns);
        for (Period part : request.period().parts()) {
            request.run().groups(request.by(), part).forEach(group -> add(request, table, part, group));
        }
        return table;
    }

    private static void add(Request request, Table table, Period part, StatsView.Group group) {
        ClockFigures response = group.clocks().get(request.run().settings().response());
        ClockFigures resolution = group.clocks().get(KeyFigure.RESOLUTION);
        List<@Nullable Object> figures = new ArrayList<>();
        figures.add(response == null ? null : Rounded.minutes(response.averageNs()));
        figures.add(resolution == null ? null : Rounded.hours(resolution.averageNs()));
        figures.add(attainment(response));
        figures.add(attainment(resolution));
        long opened = group.tickets().opened();
        if (opened == 0 && figures.stream().allMatch(each -> each == null)) {
            return; // Nothing of theirs was decided on that day.
        }
        List<@Nullable Object> row = new ArrayList<>();
        row.add(part.name());
        row.addAll(Request.cells(request.by(), group));
        row.add(opened);
        row.addAll(figures);
        table.row(row);
    }

    private static @Nullable BigDecimal attainment(@Nullable ClockFigures clock) {
        return clock == null ? null : new Fraction(clock.met(), clock.met() + clock.breached()).value(100, 1, 0);
    }
}
