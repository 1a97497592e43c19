package io.tocsin.app.replay;

import io.tocsin.app.Failure;
import io.tocsin.engine.core.Engine;
import io.tocsin.http.json.Json;
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
public record Until(Kind kind, long instantNs) {
    /** Time stops at the last event. */
    public static final Until LAST_EVENT = new Until(Kind.LAST_EVENT, 0);

    private static final long SECOND_NS = 1_000_000_000L;

    /** What time does after the last event. */
    public enum Kind {
        /** It stops there. */
        LAST_EVENT,
        /** It goes on to an instant. */
        INSTANT,
        /** It goes on until every timer has run out. */
        END
    }

    /**
     * Moves an engine on after the last event.
     *
     * @throws Failure of input if the instant lies before it
     */
    public void moveOn(Engine engine) {
        switch (kind) {
            case LAST_EVENT -> engine.advance(engine.nowNs()); // It may have overtaken timers.
            case END -> engine.runOut();
            case INSTANT -> {
                if (instantNs < engine.nowNs()) {
                    throw Failure.ofInput("--until " + Json.instant(instantNs) + " lies before the last event at "
                            + Json.instant(engine.nowNs()) + "; give a later instant, or 'end'");
                }
                engine.advance(instantNs);
            }
        }
    }

    /** Reads the option's value. */
    public static final class Converter implements ITypeConverter<Until> {
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
