package io.tocsin.app.journal;

import java.nio.file.Path;

/** The records of one journal of a data folder, numbered without gaps. Looks anew at each call. One thread. */
abstract class Entries {
    /** The journal that holds the alerts, or the one that holds the events and policies. */
    static Entries of(Path folder, boolean alerts) {
        return alerts ? new AlertEntries(folder) : new EventEntries(folder);
    }

    /** The number of the oldest one kept; equals {@link #end()} when there is none. */
    abstract long first();

    /** The number that the next one gets. */
    abstract long end();

    /** Visits those from a number on, in order, until the end or until the visitor has had enough. */
    final void visit(long from, Visitor visitor) {
        long start = Math.max(from, first());
        if (start < end()) {
            try {
                read(start, entry -> {
                    if (!visitor.visit(entry)) {
                        throw new Enough();
                    }
                });
            } catch (Enough e) {
                // That is how a visitor ends a journal's replay, which knows no other way.
            }
        }
    }

    /** Hands over those from a number on, which is there. */
    abstract void read(long from, Consumer consumer);

    /** Sees one after the other. */
    @FunctionalInterface
    interface Visitor {
        /**
         * One entry.
         *
         * @return whether to go on
         */
        boolean visit(Entry entry);
    }

    /** Takes one after the other. */
    @FunctionalInterface
    interface Consumer {
        void accept(Entry entry);
    }

    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        Enough() {
            super("the visitor has had enough", null, false, false);
        }
    }
}
