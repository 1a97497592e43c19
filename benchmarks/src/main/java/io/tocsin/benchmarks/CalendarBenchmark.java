package io.tocsin.benchmarks;

import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.HOURS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import io.tocsin.engine.calendar.BusinessCalendar;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.calendar.Holiday;
import io.tocsin.engine.calendar.Shift;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to count business time: {@code benchmarks/run CalendarBenchmark}.
 *
 * <p>{@code elapsedNs} asks how much opening time lies between two instants up to two weeks apart, {@code plusNs} when up to
 * forty hours of it are used up; the instants are random ones of two years, drawn beforehand. The office is open from Monday
 * to Friday with a break at noon, in a zone that changes its clocks, and has holidays; {@code 24x7} never closes.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
@State(Scope.Thread)
public class CalendarBenchmark {
    private static final int CHOICES = 1 << 16;
    private static final long SEED = 42;
    private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");

    /** Which calendar is asked. */
    @Param({"office", "24x7"})
    public String hours = "office";

    private final long[] fromNs = new long[CHOICES];
    private final long[] toNs = new long[CHOICES];
    private final long[] durationNs = new long[CHOICES];

    @SuppressWarnings("NullAway.Init")
    private BusinessCalendar calendar;

    private int index;

    /** Draws the questions, compiles the calendar's years and holds the two answers to each other. */
    @Setup
    public void draw() {
        calendar = new BusinessCalendar(hours.equals("office") ? office() : CalendarSpec.always(ZONE));
        long firstNs =
                SECONDS.toNanos(LocalDate.of(2026, 1, 1).atStartOfDay(ZONE).toEpochSecond());
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < CHOICES; i++) {
            fromNs[i] = firstNs + random.nextLong(DAYS.toNanos(730));
            toNs[i] = fromNs[i] + random.nextLong(DAYS.toNanos(14));
            durationNs[i] = 1 + random.nextLong(HOURS.toNanos(40));
            long counted = calendar.elapsedNs(fromNs[i], calendar.plusNs(fromNs[i], durationNs[i]));
            if (counted != durationNs[i]) {
                throw new IllegalStateException(
                        durationNs[i] + " ns after " + fromNs[i] + " are counted as " + counted);
            }
        }
    }

    /** One question. */
    @Benchmark
    public long elapsedNs() {
        int i = next();
        return calendar.elapsedNs(fromNs[i], toNs[i]);
    }

    /** One question. */
    @Benchmark
    public long plusNs() {
        int i = next();
        return calendar.plusNs(fromNs[i], durationNs[i]);
    }

    private int next() {
        index = (index + 1) & (CHOICES - 1);
        return index;
    }

    private static CalendarSpec office() {
        List<Shift> split = List.of(new Shift(9 * 3_600, 12 * 3_600), new Shift(13 * 3_600, 18 * 3_600));
        Map<DayOfWeek, List<Shift>> week = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.compareTo(DayOfWeek.SATURDAY) < 0) {
                week.put(day, split);
            }
        }
        List<Holiday> holidays = List.of(
                new Holiday.Yearly(MonthDay.of(1, 1)),
                new Holiday.Yearly(MonthDay.of(5, 1)),
                new Holiday.Yearly(MonthDay.of(10, 3)),
                new Holiday.Range(LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 31)));
        return new CalendarSpec("office", ZONE, week, holidays, Map.of());
    }
}
