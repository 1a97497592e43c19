package io.tocsin.app.yaml;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;

/** Reads the single values that several sections share. Each reports what it cannot read. */
public final class Scalars {
    /** Longest name and recipient, in characters: an alert carries them. */
    public static final int MAX_NAME_LENGTH = 200;

    private Scalars() {}

    /** A duration from 0. */
    public static OptionalLong durationNs(Value value) {
        Optional<String> text = value.text("a duration such as 15m");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Durations.parse(text.get()));
        } catch (IllegalArgumentException e) {
            value.error(String.valueOf(e.getMessage()));
            return OptionalLong.empty();
        }
    }

    /** A duration above 0. */
    public static OptionalLong positiveDurationNs(Value value) {
        OptionalLong durationNs = durationNs(value);
        if (durationNs.isPresent() && durationNs.getAsLong() == 0) {
            value.error(value.described() + " is no time at all, it must be more than 0");
            return OptionalLong.empty();
        }
        return durationNs;
    }

    /** A size in bytes, of a range. */
    public static OptionalLong sizeBytes(Value value, long least, long most) {
        Optional<String> text = value.text("a size such as 16MiB");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long bytes = Sizes.parse(text.get());
            if (bytes >= least && bytes <= most) {
                return OptionalLong.of(bytes);
            }
            value.error("is " + value.described() + ", expected a size from " + Sizes.format(least) + " to "
                    + Sizes.format(most));
        } catch (IllegalArgumentException e) {
            value.error(String.valueOf(e.getMessage()));
        }
        return OptionalLong.empty();
    }

    /** A whole number of a range. */
    public static OptionalInt number(Value value, int least, int most) {
        String expected = "a whole number from " + least + " to " + most;
        Optional<String> text = value.text(expected);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (!text.get().matches("\\d{1,9}")
                || Integer.parseInt(text.get()) < least
                || Integer.parseInt(text.get()) > most) {
            value.error("is " + value.described() + ", expected " + expected);
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text.get()));
    }

    /** {@code true} or {@code false}, and none of the other words YAML 1.1 has for them. */
    public static Optional<Boolean> truth(Value value) {
        Optional<String> text = value.text("true or false");
        if (text.isPresent() && !text.get().equals("true") && !text.get().equals("false")) {
            value.error("is " + value.described() + ", expected true or false");
            return Optional.empty();
        }
        return text.map(Boolean::valueOf);
    }

    /** A name that alerts will carry. */
    public static Optional<String> name(Value value, String expected) {
        Optional<String> text = value.text(expected);
        if (text.isPresent() && text.get().length() > MAX_NAME_LENGTH) {
            value.error("has " + text.get().length() + " characters, at most " + MAX_NAME_LENGTH + " are allowed");
            return Optional.empty();
        }
        if (text.isPresent() && text.get().chars().anyMatch(Character::isISOControl)) {
            value.error(value.described() + " holds a control character; a name is one line of text");
            return Optional.empty();
        }
        return text;
    }

    /** A time zone. */
    public static Optional<ZoneId> zone(Value value) {
        Optional<String> text = value.text("a time zone such as Asia/Shanghai or UTC");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(ZoneId.of(text.get()));
        } catch (DateTimeException e) {
            value.unknown(
                    "time zone",
                    () -> Names.nearest(text.get(), new TreeSet<>(ZoneId.getAvailableZoneIds())),
                    "zones are names of the IANA database such as Asia/Shanghai, UTC, or offsets such as +08:00");
            return Optional.empty();
        }
    }
}
