package io.tocsin.engine.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was said of one cycle: it depends on when things became known, so it is the one thing that is kept. */
final class NaiveSaid {
    static final int BREACH = 0;

    final Set<String> warnings = new HashSet<>();
    boolean acknowledged;

    private final List<String> names = new ArrayList<>();
    private final List<One> standing = new ArrayList<>();

    /** A breach or an escalation that has not been taken back. */
    record One(String id, int level, String threshold, List<String> to, NaivePromise promise) {}

    /** Adds one; its id says so if it is not the first of its name. */
    String add(String name, int level, String threshold, List<String> to, NaivePromise promise) {
        long before = names.stream().filter(name::equals).count();
        String id = before == 0 ? name : name + "#" + (before + 1);
        names.add(name);
        standing.add(new One(id, level, threshold, to, promise));
        return id;
    }

    boolean anything() {
        return !warnings.isEmpty() || !names.isEmpty();
    }

    boolean isBreached() {
        return standing(BREACH) > 0;
    }

    int standing(int level) {
        return (int) standing.stream().filter(one -> one.level == level).count();
    }

    List<One> revokeAll() {
        List<One> revoked = List.copyOf(standing);
        standing.clear();
        acknowledged = false;
        return revoked;
    }
}
