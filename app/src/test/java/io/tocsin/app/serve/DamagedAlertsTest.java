package io.tocsin.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers on a folder whose alerts are changed or missing: the events give them again. */
class DamagedAlertsTest {
    private static final String REMEDY = "; put back the folder from a copy, or move it away: as long as no events were"
            + " given up, a start raises the alerts anew";

    @TempDir
    Path parent;

    private FaultyFolder folder;
    private List<String> before;

    @BeforeEach
    void leaveAlertsAndSnapshots() throws Exception {
        folder = new FaultyFolder(parent);
        folder.openAndBreach("T1", "T2");
        folder.openAndBreach("T3");
        before = folder.keptAlerts();
        assertThat(before).hasSize(6);
    }

    @Test
    void shouldRefuseADamagedAlertAndGiveAllOfThemAnewWhenTheyAreMovedAway() throws Exception {
        Damage.flip(alertFile(1), "T3/first_response/1/breach");
        assertThat(folder.refusal()).matches(damaged(alertFile(1), 6));

        Files.move(folder.alerts(), parent.resolve("aside"));
        try (ServerProcess server = folder.serve()) {
            assertThat(server.complaints()).containsExactly(passedOver(4, 4, 0));
            Await.until(
                    "the alerts are given anew",
                    () -> server.api().read("/v1/alerts").size() == 6);
            assertThat(server.terminate()).isZero();
        }
        assertThat(folder.keptAlerts()).isEqualTo(before);
        folder.assertWhole("T1", "T2", "T3");
    }

    @Test
    void shouldRefuseADamagedAlertInTheMiddleUnlessASnapshotStandsInForIt() throws Exception {
        Damage.flip(alertFile(0), "T1/first_response/1/breach");
        Path snapshots = folder.path().resolve("snapshots");
        Files.move(snapshots, parent.resolve("aside"));
        assertThat(folder.refusal()).matches(damaged(alertFile(0), 3));

        Files.move(parent.resolve("aside"), snapshots);
        try (ServerProcess server = folder.serve()) {
            FaultyFolder.openAndBreach(server.api(), "T4");
            Api.Answer answer = server.api().get("/v1/alerts");
            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).contains("the alerts cannot be read: the server's log says why");
            assertThat(server.complaints())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .matches("\\S+ ERROR AlertsResource - GET /v1/alerts failed: "
                                    + damagedAlert(alertFile(0), 3)));
            try (BufferedReader stream = server.api().alertStream("?after=2")) {
                assertThat(stream.lines().filter(line -> !line.isEmpty())).isEmpty();
            }
            assertThat(server.complaints().get(1))
                    .matches("\\S+ ERROR AlertStreams - an alert stream ends: " + damagedAlert(alertFile(0), 3));
            assertThat(server.api().read("/v1/alerts?after=3")).hasSize(5);
            assertThat(server.terminate()).isZero();
            assertThat(server.complaints()).hasSize(2);
        }
    }

    @Test
    void shouldGiveAnewWhatTheNewestFileHeldAndRefuseWhenAnOlderOneIsMissing() throws Exception {
        Path oldest = alertFile(0);
        Path aside = parent.resolve("aside");
        Files.move(oldest, aside);
        assertThat(folder.refusal())
                .isEqualTo("tocsin: alerts in " + folder.alerts() + ": the file "
                        + folder.alerts().relativize(alertFile(0)) + " holds alert 5 at byte "
                        + Damage.documents(alertFile(0)).get(0).offset()
                        + ", expected 1: a file is missing or was put there, or a document is damaged" + REMEDY);
        Files.createDirectories(oldest.getParent());
        Files.move(aside, oldest);
        Files.delete(alertFile(1));
        try (ServerProcess server = folder.serve()) {
            assertThat(server.complaints()).isEmpty();
            Await.until(
                    "the alerts are given anew",
                    () -> server.api().read("/v1/alerts").size() == 6);
            assertThat(server.terminate()).isZero();
        }
        assertThat(folder.keptAlerts()).isEqualTo(before);
        folder.assertWhole("T1", "T2", "T3");
    }

    private Path alertFile(int i) throws Exception {
        return Damage.files(folder.path(), "alerts").get(i);
    }

    private static String passedOver(int position, int known, int kept) {
        return "tocsin: the snapshot of position " + position + " was passed over: it knows of " + known
                + " alerts, of which " + kept + " are kept";
    }

    /** A pattern. */
    private String damaged(Path file, int seq) {
        return "tocsin: " + damagedAlert(file, seq);
    }

    private String damagedAlert(Path file, int seq) {
        return "alerts in " + folder.alerts() + ": the file "
                + folder.alerts().relativize(file) + " has a damaged document at byte \\d+, that of alert " + seq
                + ": its checksum is [0-9a-f]{8}, its bytes give [0-9a-f]{8}" + REMEDY;
    }
}
