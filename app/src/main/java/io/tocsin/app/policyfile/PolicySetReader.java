package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Fields;
import io.tocsin.app.yaml.Fields.Field;
import io.tocsin.app.yaml.Scalars;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.calendar.CalendarSpec;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.EscalationStep;
import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.policy.Objective;
import io.tocsin.engine.policy.Policy;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.policy.Target;
import io.tocsin.engine.policy.Warning;
import io.tocsin.engine.rules.Registry;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the file as a whole: what is named first, then the policies that refer to it. */
final class PolicySetReader {
    private static final List<String> KEYS = List.of(
            "version",
            "timezone",
            "forget_after",
            "calendars",
            "escalations",
            "clocks",
            "policies",
            "figures",
            "objectives");
    private static final String VERSION = "1";
    /** Calendars, and chains; a check of a calendar looks at each day of two centuries. */
    private static final int MAX_NAMED = 1_000;

    private final Today today;

    PolicySetReader(Today today) {
        this.today = today;
    }

    Optional<PolicySet> read(Value root) {
        if (root.isNothing()) {
            root.error("the file is empty; a policy file begins with version: 1");
            return Optional.empty();
        }
        return root.fields("a map that begins with version: 1", KEYS).map(this::readFields);
    }

    private PolicySet readFields(Fields fields) {
        checkVersion(fields);
        ZoneId zone = fields.get("timezone").flatMap(Scalars::zone).orElse(ZoneOffset.UTC);
        Definitions<FileCalendar> calendars = calendars(fields, zone);
        Definitions<List<EscalationStep>> escalations = escalations(fields);
        Definitions<ClockDefinition> clocks =
                fields.get("clocks").map(ClockReader::readAll).orElseGet(ClockReader::builtIn);
        List<Policy> policies = policies(fields, new TargetReader(calendars, escalations), clocks);
        long forgetAfterNs = forgetAfterNs(fields);
        FigureSettings figures = fields.get("figures")
                .map(new FigureSettingsReader(clocks, forgetAfterNs)::read)
                .orElse(FigureSettings.DEFAULT);
        List<Objective> objectives = fields.get("objectives")
                .map(new ObjectiveReader(clocks)::readAll)
                .orElse(List.of());
        calendars.warnOfUnused();
        escalations.warnOfUnused();
        clocks.warnOfUnused();
        return new PolicySet(
                zone,
                forgetAfterNs,
                calendars.all().stream().map(FileCalendar::spec).toList(),
                new ArrayList<>(clocks.all()),
                policies,
                figures,
                objectives);
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

    private Definitions<FileCalendar> calendars(Fields fields, ZoneId zone) {
        Definitions<FileCalendar> calendars = new Definitions<>("calendar");
        calendars.builtIn(CalendarSpec.ALWAYS, CalendarReader.always(zone, today));
        for (Field field : namedParts(fields, "calendars", "a map of calendars by name")) {
            if (field.name().equals(CalendarSpec.ALWAYS)) {
                field.key().error("the calendar 24x7 is built in and cannot be changed; choose another name");
            } else {
                calendars.define(field.name(), field.key(), new CalendarReader(zone, today).read(field));
            }
        }
        return calendars;
    }

    private static Definitions<List<EscalationStep>> escalations(Fields fields) {
        Definitions<List<EscalationStep>> escalations = new Definitions<>("escalation");
        for (Field field : namedParts(fields, "escalations", "a map of escalation chains by name")) {
            escalations.define(field.name(), field.key(), EscalationReader.namedChain(field.value()));
        }
        return escalations;
    }

    private static List<Field> namedParts(Fields fields, String key, String expected) {
        Optional<Value> value = fields.get(key);
        List<Field> parts = value.flatMap(found -> found.fields(expected))
                .map(found -> List.copyOf(found.all()))
                .orElse(List.of());
        for (Field part : parts) {
            Scalars.name(part.key(), "a name");
        }
        if (parts.size() > MAX_NAMED) {
            value.orElseThrow().error("has " + parts.size() + " entries, at most " + MAX_NAMED + " are allowed");
            return parts.subList(0, MAX_NAMED);
        }
        return parts;
    }

    private static List<Policy> policies(Fields fields, TargetReader targets, Definitions<ClockDefinition> clocks) {
        Optional<Value> value = fields.require("policies", "a list of policies");
        List<Policy> policies =
                value.map(new PoliciesReader(targets, clocks)::readAll).orElse(List.of());
        value.ifPresent(list -> checkLimits(list, policies));
        return policies;
    }

    /** The engine numbers clocks and warnings for as long as its journal lives; one file must not need more. */
    private static void checkLimits(Value list, List<Policy> policies) {
        List<Target> targets = policies.stream()
                .flatMap(policy -> policy.targets().values().stream())
                .toList();
        long warnings = targets.stream()
                .flatMap(target -> target.warnings().stream())
                .map(Warning::text)
                .distinct()
                .count();
        checkLimit(list, "different warnings", warnings, Registry.MAX_WARNINGS);
        long clocks = policies.stream()
                .flatMap(policy -> policy.targets().keySet().stream())
                .distinct()
                .count();
        checkLimit(list, "clocks with targets", clocks, Registry.MAX_CLOCKS);
    }

    private static void checkLimit(Value list, String what, long count, int most) {
        if (count > most) {
            list.error("has " + count + " " + what + ", at most " + most + " are allowed");
        }
    }
}
