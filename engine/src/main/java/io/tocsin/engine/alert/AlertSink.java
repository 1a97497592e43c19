package io.tocsin.engine.alert;

import org.agrona.DirectBuffer;

/** Takes the alerts of a core, in the order of their sequence numbers, on the core's thread. */
@FunctionalInterface
public interface AlertSink {
    /**
     * One alert. The bytes are valid during the call only; wrap an {@link AlertRecord} around them or copy them. Must
     * not lose an alert: a sink that has no room waits for it.
     */
    void onAlert(DirectBuffer buffer, int offset, int length);
}
