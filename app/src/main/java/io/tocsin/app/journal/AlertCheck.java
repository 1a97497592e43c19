package io.tocsin.app.journal;

import io.tocsin.engine.alert.AlertKind;
import io.tocsin.engine.alert.AlertRecord;
import org.agrona.DirectBuffer;

/** Whether a kept alert is well-formed: the layout of {@link AlertRecord}, field by field. One thread. */
final class AlertCheck {
    private static final int KIND = 1;
    private static final int HEADER_LENGTH = 64;
    private static final int TO_COUNT = 60;
    private static final int ATTRIBUTE_COUNT = 62;
    private static final int MOST_ATTRIBUTES = 0xFFFF;
    private static final String[] TEXTS = {"ticket", "id", "clock", "policy", "threshold", "revokes"};

    private final AlertRecord alert = new AlertRecord();
    private final FieldWalk walk = new FieldWalk();

    /**
     * Checks one alert and gives it to be read.
     *
     * @throws IllegalArgumentException if it is not well-formed; it says what is wrong
     */
    AlertRecord check(DirectBuffer buffer, int offset, int length) {
        walk.begin(buffer, offset, length);
        walk.header(HEADER_LENGTH);
        AlertKind.of(buffer.getByte(offset + KIND));
        for (String text : TEXTS) {
            walk.text(text);
        }
        for (int i = walk.unsignedShort(TO_COUNT); i > 0; i--) {
            walk.text("recipient");
        }
        walk.attributes(walk.unsignedShort(ATTRIBUTE_COUNT), MOST_ATTRIBUTES);
        walk.end();
        return alert.wrap(buffer, offset);
    }
}
