package io.tocsin.app.replay;

import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How far time goes after the last event.
 *
 * @param kind what it is told to do
 * @param instantNs the instant of {@link Kind#INSTANT}
 */
record Until(Kind kind, long instantNs) {
    /** Time stops at the last event. */
    static final Until LAST_EVENT = new Until(Kind.LAST_EVENT, 0);

    private static final long SECOND_NS = 1_000_000_000L;

    /** What time does after the last event. */
    enum Kind {
        LAST_EVENT,
        INSTANT,
        END
    }

    /** Reads the option's value. */
    static final class Converter implements ITypeConverter<Until> {
        @Override
        public Until convert(String value) {
            if (value.equals("end")) {
                return new Until(Kind.END, 0);
            }
            try {
                OffsetDateTime at = OffsetDateTime.parse(value);
                return new Until(
                        Kind.INSTANT, Math.addExact(Math.multiplyExact(at.toEpochSecond(), SECOND_NS), at.getNano()));
            } catch (DateTimeParseException | ArithmeticException e) {
                throw new TypeConversionException(
                        "'" + value + "' is neither 'end' nor an instant with offset, like 2026-11-22T18:00:00Z");
            }
        }
    }
}
