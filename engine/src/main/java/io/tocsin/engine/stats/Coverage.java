package io.tocsin.engine.stats;

/**
 * Something that is made of the facts of all tickets, a slice at a time, and kept current from then on: while it is being
 * made, it has the tickets of the slots below {@link #coveredSlots}, which are kept current; the others come when their
 * turn comes. The core's thread.
 */
abstract class Coverage {
    private final long finishedEnd;
    private long finishedCovered;
    private int coveredSlots;
    private boolean complete;

    /**
     * Nothing is covered yet.
     *
     * @param finishedEnd where the row of the next finished ticket will begin
     */
    Coverage(long finishedEnd) {
        this.finishedEnd = finishedEnd;
    }

    /** Whether all tickets are covered. */
    final boolean isComplete() {
        return complete;
    }

    /** Whether the ticket of a slot is kept current, if there is one. */
    final boolean covers(int slot) {
        return complete || slot < coveredSlots;
    }

    /** Goes over so many more tickets and finished ones; complete when there is nothing left. */
    final void cover(int most, int slotCount, FinishedTickets finished, Facts facts, FactCollector collector) {
        int looked = 0;
        while (looked < most && finishedCovered < finishedEnd) {
            finishedCovered = finished.read(finishedCovered, facts);
            add(finished.attributes(), facts);
            looked++;
        }
        while (looked < most && coveredSlots < slotCount) {
            if (collector.read(coveredSlots, facts)) {
                add(collector.attributes(coveredSlots), facts);
            }
            coveredSlots++;
            looked++;
        }
        complete = finishedCovered == finishedEnd && coveredSlots >= slotCount;
    }

    /** A ticket comes that was not covered; its facts are added under its attributes. */
    abstract void add(int attributesRef, Facts facts);

    /** A ticket that is covered is about to change; it has these attributes until then. */
    abstract void leave(int attributesRef);

    /**
     * A ticket that is covered has changed, or is new.
     *
     * @param attributesRef its attributes now
     * @param before its facts when it left, nothing for a new one
     * @param after its facts now
     * @param samePrefix how many of both are the same at the beginning
     * @param sameSuffix and at the end
     */
    abstract void enter(int attributesRef, Facts before, Facts after, int samePrefix, int sameSuffix);

    /** Lets go of everything it holds. */
    abstract void close();
}
