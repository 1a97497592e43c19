package io.tocsin.app.report;

import io.tocsin.engine.view.StatsView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of one report are made from.
 *
 * @param run what the past came to
 * @param period what the report is about
 * @param language of headings
 * @param standards what figures are held against
 * @param by whom {@link ResponseTimes} tells apart
 * @param category the attribute that says what a ticket is about
 * @param sample which tickets are reviewed
 */
record Request(
        PastRun run,
        Period period,
        Language language,
        Standards standards,
        List<String> by,
        String category,
        Sample sample) {
    private static final Map<String, String> CHINESE =
            Map.of("agent", "客服", "team", "团队", "channel", "渠道", "region", "区域", "category", "类别", "priority", "优先级");

    String say(String english, String chinese) {
        return language.of(english, chinese);
    }

    /** The heading of a column of an attribute's values. */
    String attributeTitle(String name) {
        return language.of(name, CHINESE.getOrDefault(name, name));
    }

    /** The values of attributes of a group, as cells. */
    static List<@Nullable Object> cells(List<String> by, StatsView.Group group) {
        List<@Nullable Object> cells = new ArrayList<>();
        by.forEach(name -> cells.add(Where.textOf(group.key().get(name))));
        return cells;
    }
}
