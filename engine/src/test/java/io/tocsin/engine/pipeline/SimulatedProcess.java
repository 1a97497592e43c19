package io.tocsin.engine.pipeline;

/**
 * A process as the disk sees it: it lives until it dies in the middle of something, and its device may refuse an
 * operation. What it holds open is of no use to anybody once it is dead.
 */
final class SimulatedProcess {
    private static final int NEVER = Integer.MAX_VALUE;

    private final Runnable others;
    private int operationsUntilDeath = NEVER;
    private int operationsUntilFailure = NEVER;
    private boolean dead;

    /** The process ends here. Not an exception of the code under test, and nothing it may handle. */
    static final class Died extends Error {
        private static final long serialVersionUID = 1;

        Died(String where) {
            super("the process died " + where);
        }
    }

    /** A device that says no. */
    static final class DeviceFailure extends IllegalStateException {
        private static final long serialVersionUID = 1;

        DeviceFailure(String what) {
            super("the simulated device cannot " + what);
        }
    }

    /** @param others what goes on meanwhile when this one waits for the device */
    SimulatedProcess(Runnable others) {
        this.others = others;
    }

    void dieWithin(int operations) {
        operationsUntilDeath = operations;
    }

    void failWithin(int operations) {
        operationsUntilFailure = operations;
    }

    boolean isDead() {
        return dead;
    }

    void die(String where) {
        dead = true;
        throw new Died(where);
    }

    /** Before something happens to the disk: may die, or find that the device refuses. */
    void before(String what) {
        mayDie("before it could " + what);
        if (operationsUntilFailure != NEVER && --operationsUntilFailure < 0) {
            operationsUntilFailure = NEVER;
            throw new DeviceFailure(what);
        }
    }

    /** After something happened to the disk: may die, so that nobody learns that it happened. */
    void after(String what) {
        mayDie("after it could " + what);
    }

    /** The device takes its time. */
    void waitForTheDevice() {
        others.run();
    }

    private void mayDie(String where) {
        if (dead) {
            throw new Died("earlier");
        }
        if (operationsUntilDeath != NEVER && --operationsUntilDeath < 0) {
            die(where);
        }
    }
}
