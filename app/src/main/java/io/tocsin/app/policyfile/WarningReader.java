package io.tocsin.app.policyfile;

import io.tocsin.app.yaml.Scalars;
import io.tocsin.app.yaml.Value;
import io.tocsin.engine.policy.Warning;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Reads the thresholds before the due instant. */
final class WarningReader {
    /** A warning and where the file says so. */
    record Threshold(Warning warning, Value source) {
        static List<Warning> warnings(List<Threshold> thresholds) {
            return thresholds.stream().map(Threshold::warning).toList();
        }

        /** Whether this is the same threshold, however it is written. */
        boolean sameAs(Threshold other) {
            return warning.sharePpm() == other.warning.sharePpm() && warning.leftNs() == other.warning.leftNs();
        }
    }

    private static final String EXPECTED = "a share of the target such as 50%, or a time left such as 5m";
    private static final int MAX_WARNINGS = 100;
    private static final Pattern SHARE = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?%");
    private static final BigDecimal PPM_PER_PERCENT = BigDecimal.valueOf(Warning.WHOLE_PPM / 100);

    private WarningReader() {}

    /** The thresholds in the text's order, maybe none; one that comes twice is reported. */
    static List<Threshold> readAll(Value value) {
        List<Threshold> thresholds = new ArrayList<>();
        for (Value item : value.items("a list such as [50%, 5m]", MAX_WARNINGS)) {
            Optional<Threshold> threshold = item.text(EXPECTED)
                    .flatMap(text -> text.endsWith("%") ? share(item, text) : timeLeft(item, text))
                    .map(warning -> new Threshold(warning, item));
            threshold.ifPresent(found -> add(found, thresholds));
        }
        return thresholds;
    }

    private static void add(Threshold threshold, List<Threshold> thresholds) {
        Optional<Threshold> same = thresholds.stream().filter(threshold::sameAs).findFirst();
        if (same.isPresent()) {
            threshold
                    .source()
                    .error(threshold.source().described() + " is the same warning as "
                            + same.get().source().described() + " before it");
        } else {
            thresholds.add(threshold);
        }
    }

    private static Optional<Warning> share(Value item, String text) {
        if (!SHARE.matcher(text).matches()) {
            item.error("is " + item.described() + ", expected " + EXPECTED);
            return Optional.empty();
        }
        BigDecimal ppm = new BigDecimal(text.substring(0, text.length() - 1)).multiply(PPM_PER_PERCENT);
        if (ppm.signum() == 0 || ppm.compareTo(BigDecimal.valueOf(Warning.WHOLE_PPM)) >= 0) {
            item.error(item.described() + " is not possible: a warning lies between 0% and 100%, both excluded");
            return Optional.empty();
        }
        if (ppm.stripTrailingZeros().scale() > 0) {
            item.error(item.described() + " is finer than four decimals of a percent");
            return Optional.empty();
        }
        return Optional.of(Warning.ofShare(text, ppm.intValueExact()));
    }

    private static Optional<Warning> timeLeft(Value item, String text) {
        OptionalLong leftNs = Scalars.positiveDurationNs(item);
        return leftNs.isPresent() ? Optional.of(Warning.ofTimeLeft(text, leftNs.getAsLong())) : Optional.empty();
    }
}
