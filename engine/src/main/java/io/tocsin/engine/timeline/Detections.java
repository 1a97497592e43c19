package io.tocsin.engine.timeline;

import io.tocsin.engine.view.ClockView;

/** Port: when a threshold was found by the engine that ran live. A replay cannot know: time finds thresholds. */
@FunctionalInterface
public interface Detections {
    /** Nothing ever ran live, as with a file of events. */
    Detections NONE = found -> ClockView.NONE;

    /** The engine time at which it was found, or {@link ClockView#NONE} if nobody knows. */
    long detectedNs(Crossing crossing);
}
