package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Value;
import io.tocsin.engine.calendar.Shift;
import java.util.List;

/** A shift and where the file says so. */
record Opening(Shift shift, Value source) {
    static List<Shift> shifts(List<Opening> openings) {
        return openings.stream().map(Opening::shift).toList();
    }

    /** Whether this opening of one day runs into another opening of the next day. */
    boolean runsInto(Opening nextDay) {
        return shift.closeSecond() - Shift.DAY_SECONDS > nextDay.shift.openSecond();
    }

    String described() {
        return source.described();
    }
}
