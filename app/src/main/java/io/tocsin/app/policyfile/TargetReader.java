package io.tocsin.app.policyfile;

import io.tocsin.app.policyfile.WarningReader.Threshold;
import io.tocsin.app.yaml.Fields;
import io.tocsin.app.yaml.Scalars;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.TargetTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what a policy promises for one clock. */
final class TargetReader {
    /**
     * What a policy says for all its targets.
     *
     * @param calendar a name
     * @param warnings with their places
     * @param escalation steps
     */
    record Defaults(String calendar, List<Threshold> warnings, List<EscalationStep> escalation) {}

    private static final List<String> KEYS = List.of("target", "calendar", "warn", "escalate", "due_at");
    private static final String EXPECTED_TIME = "a duration such as 15m, or business days such as 3bd";
    private static final String SAME_TIME = "same_time";
    private static final Pattern BUSINESS_DAYS = Pattern.compile("(\\d{1,9})bd");
    private static final int MAX_BUSINESS_DAYS = 3_650;

    private final Definitions<CalendarSpec> calendars;
    private final Definitions<List<EscalationStep>> escalations;

    TargetReader(Definitions<CalendarSpec> calendars, Definitions<List<EscalationStep>> escalations) {
        this.calendars = calendars;
        this.escalations = escalations;
    }

    /** What the keys {@code calendar}, {@code warn} and {@code escalate} of a policy or a target say. */
    Defaults defaults(Fields fields, Defaults otherwise) {
        return new Defaults(
                fields.get("calendar").flatMap(this::calendar).orElse(otherwise.calendar()),
                fields.get("warn").map(WarningReader::readAll).orElse(otherwise.warnings()),
                fields.get("escalate")
                        .map(value -> EscalationReader.chain(value, escalations))
                        .orElse(otherwise.escalation()));
    }

    private Optional<String> calendar(Value value) {
        return value.text("the name of a calendar")
                .flatMap(name -> calendars.find(name, value))
                .map(CalendarSpec::name);
    }

    /** The target; empty, and reported, if it has no readable time. */
    Optional<Target> read(Value value, Defaults policy) {
        if (!value.isMap()) {
            return time(value, false).map(time -> target(value, time, policy, false));
        }
        return value.fields(EXPECTED_TIME, KEYS).flatMap(fields -> readFields(fields, policy));
    }

    private Optional<Target> readFields(Fields fields, Defaults policy) {
        Defaults own = defaults(fields, policy);
        boolean sameTime = fields.get("due_at").map(TargetReader::isSameTime).orElse(false);
        return fields.require("target", EXPECTED_TIME).flatMap(value -> {
            Optional<TargetTime> time = time(value, sameTime);
            if (fields.get("due_at").isPresent() && time.isPresent() && time.get() instanceof TargetTime.Elapsed) {
                fields.get("due_at")
                        .get()
                        .error("due_at goes with a target in business days such as 3bd, not with the" + " duration "
                                + value.described());
            }
            boolean ownWarnings = fields.get("warn").isPresent();
            return time.map(found -> target(value, found, own, ownWarnings));
        });
    }

    private static boolean isSameTime(Value value) {
        Optional<String> text = value.text(SAME_TIME);
        if (text.isPresent() && !text.get().equals(SAME_TIME)) {
            value.unknown("value", text.get(), List.of(SAME_TIME));
        }
        return text.isPresent();
    }

    private static Optional<TargetTime> time(Value value, boolean sameTime) {
        Optional<String> text = value.text(EXPECTED_TIME);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher businessDays = BUSINESS_DAYS.matcher(text.get());
        if (businessDays.matches()) {
            return businessDays(value, Integer.parseInt(businessDays.group(1)), sameTime);
        }
        OptionalLong targetNs = Scalars.positiveDurationNs(value);
        return targetNs.isPresent() ? Optional.of(new TargetTime.Elapsed(targetNs.getAsLong())) : Optional.empty();
    }

    private static Optional<TargetTime> businessDays(Value value, int days, boolean sameTime) {
        if (days < 1 || days > MAX_BUSINESS_DAYS) {
            value.error(value.described() + " is not possible, expected 1bd to " + MAX_BUSINESS_DAYS + "bd");
            return Optional.empty();
        }
        return Optional.of(new TargetTime.BusinessDays(days, sameTime));
    }

    private static Target target(Value value, TargetTime time, Defaults defaults, boolean ownWarnings) {
        if (time instanceof TargetTime.Elapsed elapsed) {
            for (Threshold threshold : defaults.warnings()) {
                if (threshold.warning().leftNs() >= elapsed.targetNs()) {
                    reportEarly(value, threshold, ownWarnings);
                }
            }
        }
        return new Target(time, defaults.calendar(), Threshold.warnings(defaults.warnings()), defaults.escalation());
    }

    /** An inherited warning is right for other targets, so the target is the place of the mistake. */
    private static void reportEarly(Value target, Threshold threshold, boolean ownWarning) {
        String warning = threshold.source().described();
        if (ownWarning) {
            threshold
                    .source()
                    .error("the warning " + warning + " is not shorter than the target " + target.described());
        } else {
            target.error("the target " + target.described() + " is not longer than the warning " + warning
                    + " it inherits from " + threshold.source().path() + "; give this target a warn of its own");
        }
    }
}
