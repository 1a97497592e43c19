package io.tocsin.app.demo;

/**
 * How slow a team is at an instant: 1 is a normal moment, 2 means that everything takes twice as long. A slow wave, a
 * different one for each team, with surges on top that come and go within minutes. A pure function of seed and time.
 */
final class Load {
    private static final double WAVE_SECONDS = 660;
    private static final double WAVE_HEIGHT = 0.25;
    private static final double SURGE_SECONDS = 210;
    private static final double SURGE_CHANCE = 0.4;
    private static final double SURGE_LOWEST = 0.5;
    private static final double SURGE_HIGHEST = 1.4;

    private final long seed;
    private final long startNs;

    Load(long seed, long startNs) {
        this.seed = seed;
        this.startNs = startNs;
    }

    double at(Team team, long atNs) {
        double seconds = (atNs - startNs) / 1e9;
        double phase = (double) team.ordinal() / Team.values().length;
        double wave = WAVE_HEIGHT * StrictMath.sin(2 * StrictMath.PI * (seconds / WAVE_SECONDS + phase));
        return 1 + wave + surge(team, seconds / SURGE_SECONDS);
    }

    /** Rises and falls in a straight line within its window; most windows have none. */
    private double surge(Team team, double windows) {
        long window = (long) windows;
        Dice dice = new Dice(Dice.mix(seed, window * Team.values().length + team.ordinal()));
        if (!dice.chance(SURGE_CHANCE)) {
            return 0;
        }
        double peak = dice.between(SURGE_LOWEST, SURGE_HIGHEST);
        double distanceFromMiddle = Math.abs(windows - window - 0.5);
        return peak * (1 - 2 * distanceFromMiddle);
    }
}
