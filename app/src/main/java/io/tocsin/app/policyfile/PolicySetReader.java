package io.tocsin.app.policyfile;

import io.tocsin.app.policyfile.Fields.Field;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the file as a whole: what is named first, then the policies that refer to it. */
final class PolicySetReader {
    private static final List<String> KEYS =
            List.of("version", "timezone", "forget_after", "calendars", "escalations", "clocks", "policies");
    private static final String VERSION = "1";

    Optional<PolicySet> read(Value root) {
        return root.fields("a map that begins with version: 1", KEYS).map(this::readFields);
    }

    private PolicySet readFields(Fields fields) {
        checkVersion(fields);
        ZoneId zone = fields.get("timezone").flatMap(Scalars::zone).orElse(ZoneOffset.UTC);
        Registry<CalendarSpec> calendars = calendars(fields, zone);
        Registry<List<EscalationStep>> escalations = escalations(fields);
        Registry<ClockDefinition> clocks =
                fields.get("clocks").map(ClockReader::readAll).orElseGet(ClockReader::builtIn);
        List<Policy> policies = policies(fields, new TargetReader(calendars, escalations), clocks);
        calendars.warnOfUnused();
        escalations.warnOfUnused();
        clocks.warnOfUnused();
        return new PolicySet(
                zone, forgetAfterNs(fields), new ArrayList<>(calendars.all()), new ArrayList<>(clocks.all()), policies);
    }

    private static void checkVersion(Fields fields) {
        fields.require("version", VERSION)
                .ifPresent(value -> value.text(VERSION).ifPresent(version -> {
                    if (!version.equals(VERSION)) {
                        value.error("is " + value.described() + ", this build reads version " + VERSION);
                    }
                }));
    }

    private static long forgetAfterNs(Fields fields) {
        return fields.get("forget_after")
                .map(Scalars::positiveDurationNs)
                .orElse(OptionalLong.of(PolicySet.DEFAULT_FORGET_AFTER_NS))
                .orElse(PolicySet.DEFAULT_FORGET_AFTER_NS);
    }

    private static Registry<CalendarSpec> calendars(Fields fields, ZoneId zone) {
        Registry<CalendarSpec> calendars = new Registry<>("calendar");
        calendars.builtIn(CalendarSpec.ALWAYS, CalendarSpec.always(zone));
        for (Field field : namedParts(fields, "calendars", "a map of calendars by name")) {
            if (field.name().equals(CalendarSpec.ALWAYS)) {
                field.key().error("the calendar 24x7 is built in and cannot be changed; choose another name");
            } else {
                calendars.define(field.name(), field.key(), new CalendarReader(zone).read(field));
            }
        }
        return calendars;
    }

    private static Registry<List<EscalationStep>> escalations(Fields fields) {
        Registry<List<EscalationStep>> escalations = new Registry<>("escalation");
        for (Field field : namedParts(fields, "escalations", "a map of escalation chains by name")) {
            escalations.define(field.name(), field.key(), EscalationReader.namedChain(field.value()));
        }
        return escalations;
    }

    private static List<Field> namedParts(Fields fields, String key, String expected) {
        List<Field> parts = new ArrayList<>();
        fields.get(key).flatMap(value -> value.fields(expected)).ifPresent(found -> parts.addAll(found.all()));
        for (Field part : parts) {
            Scalars.name(part.key(), "a name");
        }
        return parts;
    }

    private static List<Policy> policies(Fields fields, TargetReader targets, Registry<ClockDefinition> clocks) {
        return fields.require("policies", "a list of policies")
                .map(new PoliciesReader(targets, clocks)::readAll)
                .orElse(List.of());
    }
}
