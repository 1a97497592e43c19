package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Fields;
import io.tocsin.app.yaml.Fields.Field;
import io.tocsin.app.yaml.Names;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.calendar.Shift;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads opening hours: days and the intervals of a day. */
final class HoursReader {
    private static final String EXPECTED_INTERVALS = "a list of hours such as [\"09:00-12:00\", \"13:30-18:00\"]";
    private static final String EXPECTED_INTERVAL = "hours such as \"09:00-18:00\"";
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");
    private static final Pattern INTERVAL = Pattern.compile("(\\d\\d):(\\d\\d)-(\\d\\d):(\\d\\d)");
    private static final int MAX_INTERVALS = 100;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3_600;

    private HoursReader() {}

    /** The hours of a week; a day that is not given is closed. */
    static Map<DayOfWeek, List<Opening>> week(Value hours) {
        Map<DayOfWeek, List<Opening>> week = new EnumMap<>(DayOfWeek.class);
        Optional<Fields> fields = hours.fields("a map of days to hours such as {mon-fri: [\"09:00-18:00\"]}");
        if (fields.isPresent() && fields.get().isEmpty()) {
            hours.error("is empty: the calendar never opens; give it at least one day with hours");
        }
        fields.ifPresent(found -> readDays(found, week));
        return week;
    }

    private static void readDays(Fields fields, Map<DayOfWeek, List<Opening>> week) {
        Map<DayOfWeek, String> givenBy = new EnumMap<>(DayOfWeek.class);
        for (Field field : fields.all()) {
            List<Opening> openings = intervals(field.value(), false);
            for (DayOfWeek day : days(field)) {
                String other = givenBy.putIfAbsent(day, field.name());
                if (other != null) {
                    field.key()
                            .error(nameOf(day) + " already has hours under " + Names.quote(other)
                                    + "; give each day once");
                } else {
                    week.put(day, openings);
                }
            }
        }
    }

    private static List<DayOfWeek> days(Field field) {
        String[] ends = field.name().split("-", -1);
        if (ends.length > 2) {
            field.key().error(Names.quote(field.name()) + " is no range of days, expected for example mon-fri");
            return List.of();
        }
        if (ends.length == 2 && ends[0].equals(ends[1])) {
            field.key().error(Names.quote(field.name()) + " begins and ends on the same day; write " + ends[0]);
            return List.of();
        }
        return day(ends[0], field.key())
                .flatMap(first -> day(ends[ends.length - 1], field.key()).map(last -> range(first, last)))
                .orElse(List.of());
    }

    private static Optional<DayOfWeek> day(String name, Value key) {
        int index = DAYS.indexOf(name);
        if (index < 0) {
            key.unknown("day", name, DAYS);
            return Optional.empty();
        }
        return Optional.of(DayOfWeek.of(index + 1));
    }

    private static List<DayOfWeek> range(DayOfWeek first, DayOfWeek last) {
        List<DayOfWeek> days = new ArrayList<>();
        for (DayOfWeek day = first; day != last; day = day.plus(1)) {
            days.add(day);
        }
        days.add(last);
        return days;
    }

    static String nameOf(DayOfWeek day) {
        return DAYS.get(day.getValue() - 1);
    }

    /** The intervals of one day, in the order of their opening; those that overlap are reported. */
    static List<Opening> intervals(Value value, boolean mayBeClosed) {
        if (!mayBeClosed && value.isList() && value.items(EXPECTED_INTERVALS).isEmpty()) {
            value.error("is empty; leave a closed day out, or give it hours such as [\"09:00-18:00\"]");
        }
        List<Opening> openings = new ArrayList<>();
        for (Value item : value.items(EXPECTED_INTERVALS, MAX_INTERVALS)) {
            interval(item).ifPresent(shift -> openings.add(new Opening(shift, item)));
        }
        openings.sort(Comparator.comparingInt(opening -> opening.shift().openSecond()));
        reportOverlaps(openings);
        return openings;
    }

    private static void reportOverlaps(List<Opening> openings) {
        for (int i = 1; i < openings.size(); i++) {
            Opening before = openings.get(i - 1);
            Opening after = openings.get(i);
            if (before.shift().closeSecond() > after.shift().openSecond()) {
                after.source().error(after.described() + " overlaps " + before.described() + " of the same day");
            }
        }
    }

    private static Optional<Shift> interval(Value value) {
        Optional<String> text = value.text(EXPECTED_INTERVAL);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher parts = INTERVAL.matcher(text.get());
        if (!parts.matches()) {
            value.error("is " + value.described() + ", expected " + EXPECTED_INTERVAL + " with two digits each");
            return Optional.empty();
        }
        return shift(value, seconds(parts, 1), seconds(parts, 3));
    }

    /** Seconds from midnight, or -1 if the hands of no clock stand so. 24:00 is a time. */
    private static int seconds(Matcher parts, int group) {
        int hour = Integer.parseInt(parts.group(group));
        int minute = Integer.parseInt(parts.group(group + 1));
        boolean valid = minute < 60 && (hour < 24 || (hour == 24 && minute == 0));
        return valid ? hour * SECONDS_PER_HOUR + minute * SECONDS_PER_MINUTE : -1;
    }

    private static Optional<Shift> shift(Value value, int openSecond, int closeSecond) {
        if (openSecond < 0 || closeSecond < 0 || openSecond == Shift.DAY_SECONDS) {
            value.error(value.described() + " is not possible: hours open from 00:00 to 23:59 and close by 24:00");
            return Optional.empty();
        }
        if (openSecond == closeSecond) {
            value.error(value.described() + " is empty; a whole day is \"00:00-24:00\"");
            return Optional.empty();
        }
        boolean overMidnight = closeSecond < openSecond;
        return Optional.of(new Shift(openSecond, overMidnight ? closeSecond + Shift.DAY_SECONDS : closeSecond));
    }
}
