package io.tocsin.engine.core;

import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.policy.Objective;
import io.tocsin.engine.policy.Objective.Metric;
import io.tocsin.engine.policy.PolicySet;
import io.tocsin.engine.view.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Figures' settings and objectives by chance, on top of a policy file that has none. */
public final class RandomObjectives {
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final List<Window> WINDOWS =
            List.of(Window.LAST_5_MINUTES, Window.LAST_15_MINUTES, Window.LAST_HOUR);
    private static final List<List<String>> GROUPINGS =
            List.of(List.of(), List.of(RandomPolicies.STAGE), List.of(RandomPolicies.CHANNEL, RandomPolicies.STAGE));

    private RandomObjectives() {}

    /** The file with a customer in half of the cases, and up to three objectives. */
    public static PolicySet onTopOf(PolicySet file, Random random) {
        FigureSettings settings = new FigureSettings(
                random.nextBoolean() ? RandomPolicies.CHANNEL : null,
                (1 + random.nextInt(200)) * HOUR_NS,
                4_000,
                "first_response",
                HOUR_NS,
                FigureSettings.DEFAULT.serviceLevel());
        List<Objective> objectives = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Metric metric = Metric.values()[random.nextInt(Metric.values().length)];
            boolean below = random.nextBoolean();
            double bound = switch (metric.unit()) {
                case SHARE -> random.nextDouble();
                case SCORE -> random.nextInt(200) - 100;
                case TIME -> random.nextInt(50_000);
            };
            objectives.add(new Objective(
                    "o" + i,
                    metric,
                    metric.isOfClock() ? "resolution" : null,
                    GROUPINGS.get(random.nextInt(GROUPINGS.size())),
                    WINDOWS.get(random.nextInt(WINDOWS.size())),
                    below,
                    bound,
                    "bound",
                    bound,
                    "bound",
                    1 + random.nextInt(2),
                    List.of("lead")));
        }
        return new PolicySet(
                file.timezone(),
                file.forgetAfterNs(),
                file.calendars(),
                file.clocks(),
                file.policies(),
                settings,
                objectives);
    }
}
