package io.tocsin.engine.stats;

import io.tocsin.engine.calendar.WallClock;
import io.tocsin.engine.policy.FigureSettings;
import io.tocsin.engine.rules.Registry;
import java.time.ZoneId;

/** The settings of the figures, ready for counting. Immutable. */
final class Reading {
    private final FigureSettings settings;
    private final WallClock wall;
    private final int response;
    private final int levelClock;

    Reading(FigureSettings settings, ZoneId zone, Registry registry) {
        this.settings = settings;
        wall = new WallClock(zone);
        response = registry.findClock(settings.response());
        levelClock = registry.findClock(settings.serviceLevel().clock());
    }

    FigureSettings settings() {
        return settings;
    }

    WallClock wall() {
        return wall;
    }

    /** The clock that customers wait on, or -1 when no file has defined it. */
    int response() {
        return response;
    }

    /** The clock of the service level, or -1 when no file has defined it. */
    int levelClock() {
        return levelClock;
    }

    boolean isAsBefore(FigureSettings others, ZoneId zone, Registry registry) {
        return settings.equals(others)
                && wall.zone().equals(zone)
                && response == registry.findClock(settings.response())
                && levelClock == registry.findClock(settings.serviceLevel().clock());
    }
}
