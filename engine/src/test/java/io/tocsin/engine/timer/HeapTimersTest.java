package io.tocsin.engine.timer;

/** The twin keeps the contract too, or comparing with it proves nothing. */
final class HeapTimersTest extends TimersTest {
    @Override
    Timers create(Timers.Order order) {
        return new HeapTimers(order);
    }
}
