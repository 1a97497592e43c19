package io.tocsin.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DiskRoomTest {
    private final AtomicLong free = new AtomicLong(DiskRoom.RESERVE);
    private final DiskRoom room = new DiskRoom(Path.of("/data/events"), DiskRoom.RESERVE, free::get);

    @Test
    void shouldRefuseToWriteOnADiskThatIsAllButFull() {
        room.take(1);
        free.set(DiskRoom.RESERVE - 1);
        assertThatIllegalStateException()
                .isThrownBy(() -> room.take((int) DiskRoom.ASK_EVERY + 1))
                .withMessageContaining("the disk of /data/events has 63 MiB left, 64 MiB are needed");
    }

    @Test
    void shouldAskOnlyNowAndThen() {
        room.take(1);
        free.set(0);
        for (int written = 0; written < DiskRoom.ASK_EVERY; written += 1 << 20) {
            room.take(1 << 20);
        }
        assertThatIllegalStateException().isThrownBy(() -> room.take(1));
        assertThat(free).hasValue(0);
    }

    @Test
    void shouldGoOnRefusingUntilThereIsRoom() {
        free.set(0);
        assertThatIllegalStateException().isThrownBy(() -> room.take(1));
        assertThatIllegalStateException().isThrownBy(() -> room.take(1));
        free.set(DiskRoom.RESERVE);
        room.take(1);
    }
}
