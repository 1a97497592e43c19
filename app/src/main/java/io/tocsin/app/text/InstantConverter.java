package io.tocsin.app.text;

import io.tocsin.http.json.Rfc3339;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option's instant as an event's {@code at} is read, into nanoseconds since the epoch. */
public final class InstantConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String value) {
        long instantNs = Rfc3339.parse(value);
        if (instantNs == Rfc3339.OUT_OF_RANGE) {
            throw new TypeConversionException("'" + value + "' is out of range, instants lie from 1970 to 2199");
        }
        if (instantNs == Rfc3339.NOT_A_TIME) {
            throw new TypeConversionException(
                    "'" + value + "' is no instant with offset, like 2026-11-22T18:00:00+08:00");
        }
        return instantNs;
    }
}
