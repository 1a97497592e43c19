package io.tocsin.app.journal;

import io.tocsin.http.json.Rfc3339;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where a stretch of a journal begins or ends.
 *
 * @param isInstant whether the value is an instant in nanoseconds since the epoch instead of a position or number
 */
record Bound(boolean isInstant, long value) {
    /** Whether an entry lies at the bound or behind it. */
    boolean isReachedBy(Entry entry) {
        return (isInstant ? entry.instantNs() : entry.number()) >= value;
    }

    /** Reads the option's value. */
    static final class Converter implements ITypeConverter<Bound> {
        @Override
        public Bound convert(String value) {
            if (value.matches("\\d{1,18}")) {
                return new Bound(false, Long.parseLong(value));
            }
            long instantNs = Rfc3339.parse(value);
            if (instantNs == Rfc3339.OUT_OF_RANGE) {
                throw new TypeConversionException("'" + value + "' is out of range, instants lie from 1970 to 2199");
            }
            if (instantNs == Rfc3339.NOT_A_TIME) {
                throw new TypeConversionException("'" + value + "' is neither a position, like 12, nor an instant with"
                        + " offset, like 2026-11-22T18:00:00+08:00");
            }
            return new Bound(true, instantNs);
        }
    }
}
