package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Fields;
import io.tocsin.app.yaml.Scalars;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.policy.ClockDefinition;
import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.policy.FigureSettings.ServiceLevel;
import io.tocsin.engine.policy.ServiceLevelFormula;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads what the figures are computed with; whatever is not given is as by default. */
final class FigureSettingsReader {
    private static final List<String> KEYS =
            List.of("customer", "repeat_within", "satisfied", "response", "waiting_threshold", "service_level");
    private static final List<String> LEVEL_KEYS = List.of("clock", "formula", "within", "short_abandon");
    private static final String EXPECTED_RATING = "a rating from 1 to 5 such as 4";
    private static final Pattern RATING = Pattern.compile("[1-5](\\.\\d{1,3})?");
    private static final int MOST_SATISFIED = 5_000;
    private static final FigureSettings DEFAULT = FigureSettings.DEFAULT;

    private final Definitions<ClockDefinition> clocks;
    private final long forgetAfterNs;

    FigureSettingsReader(Definitions<ClockDefinition> clocks, long forgetAfterNs) {
        this.clocks = clocks;
        this.forgetAfterNs = forgetAfterNs;
    }

    FigureSettings read(Value value) {
        return value.fields("a map such as {customer: customer, repeat_within: 7d}", KEYS)
                .map(this::readFields)
                .orElse(DEFAULT);
    }

    private FigureSettings readFields(Fields fields) {
        String response = fields.get("response").flatMap(this::clock).orElse(DEFAULT.response());
        return new FigureSettings(
                fields.get("customer")
                        .flatMap(value -> Scalars.name(value, "the name of an attribute"))
                        .orElse(DEFAULT.customer()),
                repeatWithinNs(fields),
                satisfied(fields),
                response,
                durationNs(fields, "waiting_threshold", DEFAULT.waitingThresholdNs()),
                fields.get("service_level")
                        .flatMap(value -> value.fields("a map such as {within: 20s}", LEVEL_KEYS))
                        .map(level -> serviceLevel(level, response))
                        .orElse(levelOf(response)));
    }

    private long repeatWithinNs(Fields fields) {
        long repeatWithinNs = durationNs(fields, "repeat_within", DEFAULT.repeatWithinNs());
        if (repeatWithinNs > forgetAfterNs) {
            fields.get("repeat_within")
                    .ifPresent(
                            value -> value.warning(
                                    "is longer than forget_after: what comes after a ticket is forgotten is not a second contact"));
        }
        return repeatWithinNs;
    }

    private static int satisfied(Fields fields) {
        return fields.get("satisfied")
                .map(FigureSettingsReader::thousandths)
                .filter(OptionalInt::isPresent)
                .map(OptionalInt::getAsInt)
                .orElse(DEFAULT.satisfiedThousandths());
    }

    private static OptionalInt thousandths(Value value) {
        Optional<String> text = value.text(EXPECTED_RATING);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        if (RATING.matcher(text.get()).matches()) {
            int thousandths = new BigDecimal(text.get()).movePointRight(3).intValueExact();
            if (thousandths <= MOST_SATISFIED) {
                return OptionalInt.of(thousandths);
            }
        }
        value.error("is " + value.described() + ", expected " + EXPECTED_RATING);
        return OptionalInt.empty();
    }

    private ServiceLevel serviceLevel(Fields fields, String response) {
        ServiceLevel level = levelOf(response);
        return new ServiceLevel(
                fields.get("clock").flatMap(this::clock).orElse(level.clock()),
                fields.get("formula").flatMap(FigureSettingsReader::formula).orElse(level.formula()),
                durationNs(fields, "within", level.withinNs()),
                fields.get("short_abandon")
                        .map(value -> Scalars.durationNs(value).orElse(level.shortAbandonNs()))
                        .orElse(level.shortAbandonNs()));
    }

    private static ServiceLevel levelOf(String response) {
        ServiceLevel level = DEFAULT.serviceLevel();
        return new ServiceLevel(response, level.formula(), level.withinNs(), level.shortAbandonNs());
    }

    private static Optional<ServiceLevelFormula> formula(Value value) {
        Optional<String> text = value.text("one of " + String.join(", ", ServiceLevelFormula.texts()));
        Optional<ServiceLevelFormula> formula = text.flatMap(ServiceLevelFormula::of);
        if (text.isPresent() && formula.isEmpty()) {
            value.unknown("formula", text.get(), ServiceLevelFormula.texts());
        }
        return formula;
    }

    private Optional<String> clock(Value value) {
        return value.text("the name of a clock")
                .flatMap(name -> clocks.find(name, value).map(ClockDefinition::name));
    }

    private static long durationNs(Fields fields, String key, long absent) {
        return fields.get(key)
                .map(value -> Scalars.positiveDurationNs(value).orElse(absent))
                .orElse(absent);
    }
}
