package io.tocsin.engine.core;

import static io.tocsin.engine.core.Scenario.*;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.tocsin.engine.policy.Condition;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known about a ticket, and which policy it leads to. */
class AttributesTest {
    private final Scenario desk = new Scenario(promise("resolution", target("4h")));

    @Test
    void shouldMergeEachEventsAttributesIntoTheTickets() {
        desk.on("10:00", "T1", "opened", "channel=phone", "tier=gold")
                .on("10:10", "T1", "updated", "tier=silver", "n=1");

        assertThat(desk.ticket("T1").attributes())
                .containsExactly(Map.entry("channel", "phone"), Map.entry("tier", "silver"), Map.entry("n", "1"));
    }

    @Test
    void shouldMergeAttributesOfAnyEventWhateverItsType() {
        desk.on("10:00", "T1", "opened")
                .on("10:10", "T1", "something.else-entirely", "a=1")
                .on("10:20", "T1", "opened", "b=2");

        assertThat(desk.ticket("T1").attributes()).containsOnlyKeys("a", "b");
    }

    @Test
    void shouldRemoveAnAttribute() {
        desk.on("10:00", "T1", "opened", "a=1", "b=2", "c=3").on("10:10", "T1", "updated", "b=", "z=");

        assertThat(desk.ticket("T1").attributes()).containsExactly(Map.entry("a", "1"), Map.entry("c", "3"));
    }

    @Test
    void shouldRemoveTheLastAttributeAndTakeNewOnes() {
        desk.on("10:00", "T1", "opened", "a=1").on("10:10", "T1", "updated", "a=");
        assertThat(desk.ticket("T1").attributes()).isEmpty();

        desk.on("10:20", "T1", "updated", "b=2", "a=3");

        assertThat(desk.ticket("T1").attributes()).containsExactly(Map.entry("b", "2"), Map.entry("a", "3"));
    }

    @Test
    void shouldKeepTheTypesOfValues() {
        desk.on("10:00", "T1", "opened", "text=5", "number:number=5", "share:number=0.25", "vip:boolean=true");

        assertThat(desk.ticket("T1").attributes())
                .containsExactly(
                        Map.entry("text", "5"),
                        Map.entry("number", new BigDecimal("5")),
                        Map.entry("share", new BigDecimal("0.25")),
                        Map.entry("vip", true));
    }

    @Test
    void shouldChangeTheTypeOfAValue() {
        desk.on("10:00", "T1", "opened", "n=5").on("10:10", "T1", "updated", "n:number=5");

        assertThat(desk.ticket("T1").attributes()).containsEntry("n", new BigDecimal("5"));
    }

    @Test
    void shouldKeepManyAttributesInTheOrderInWhichTheyWereFirstSeen() {
        for (int i = 0; i < 100; i++) {
            desk.on("10:00", "T1", i == 0 ? "opened" : "updated", "name" + (i * 37 % 100) + "=" + i);
        }

        assertThat(desk.ticket("T1").attributes().keySet().stream().limit(4))
                .containsExactly("name0", "name37", "name74", "name11");
        assertThat(desk.ticket("T1").attributes()).hasSize(100).containsEntry("name37", "1");
    }

    @Test
    void shouldTakeATicketWithAThousandAttributesForLittleMemory() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        desk.on("10:00", "T1", "opened");
        long before = threads.getCurrentThreadAllocatedBytes();

        for (int i = 0; i < 1_024; i++) {
            desk.on("10:00", "T1", "updated", "name" + i + "=value" + i);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(256L << 20);
        assertThat(desk.ticket("T1").attributes()).hasSize(1_024).containsEntry("name1023", "value1023");
    }

    @Test
    void shouldDropAndCountWhatFindsNoRoomOnATicketAndGoOn() {
        desk.on("10:00", "T1", "opened");
        for (int i = 0; i < 1_030; i++) {
            desk.on("10:00", "T1", "updated", "name" + i + "=value" + i);
        }
        desk.on("10:00", "T1", "updated", "name0=other").on("10:00", "T1", "updated", "name1=");
        desk.on("10:00", "T1", "updated", "name1029=late");

        assertThat(desk.ticket("T1").attributes())
                .hasSize(1_024)
                .containsEntry("name0", "other")
                .containsEntry("name1029", "late")
                .doesNotContainKeys("name1", "name1024");
        assertThat(desk.engine().views().counters().droppedAttributes()).isEqualTo(6);
    }

    @Test
    void shouldKeepTextsOfAnyScript() {
        desk.on("10:00", "工单一", "opened", "阶段=售后", "emoji=🚨");

        assertThat(desk.ticket("工单一").attributes()).containsExactly(Map.entry("阶段", "售后"), Map.entry("emoji", "🚨"));
    }

    @Test
    void shouldCarryAttributesInTheAlertAsTheyWereThen() {
        desk.on("10:00", "T1", "opened", "tier=gold").now("14:01").on("14:02", "T1", "updated", "tier=silver");

        assertThat(desk.lastTold().attributes()).isEqualTo(Map.of("tier", "gold"));
    }

    // ---- matching

    private static String policyFor(Condition condition, String... attributes) {
        Scenario desk = new Scenario(policies(policy("match", Map.of("resolution", target("4h")), condition)));
        return desk.on("10:00", "T1", "opened", attributes).ticket("T1").policy();
    }

    @Test
    void shouldMatchAnyOfSeveralValues() {
        Condition condition = new Condition("grade", Condition.Test.ANY_OF, List.of("A", "A+"));

        assertThat(policyFor(condition, "grade=A+")).isEqualTo("match");
        assertThat(policyFor(condition, "grade=B")).isNull();
        assertThat(policyFor(condition)).isNull();
    }

    @Test
    void shouldMatchNoneOfSeveralValuesAndTheAbsentOne() {
        Condition condition = new Condition("tier", Condition.Test.NONE_OF, List.of("internal", "test"));

        assertThat(policyFor(condition, "tier=gold")).isEqualTo("match");
        assertThat(policyFor(condition)).isEqualTo("match");
        assertThat(policyFor(condition, "tier=test")).isNull();
    }

    @Test
    void shouldMatchWhatIsPresent() {
        Condition condition = new Condition("agent", Condition.Test.PRESENT, List.of());

        assertThat(policyFor(condition, "agent=a-17")).isEqualTo("match");
        assertThat(policyFor(condition, "agent:boolean=false")).isEqualTo("match");
        assertThat(policyFor(condition, "other=a-17")).isNull();
    }

    @Test
    void shouldMatchTextsWhateverTheirType() {
        assertThat(policyFor(is("priority", "5"), "priority:number=5")).isEqualTo("match");
        assertThat(policyFor(is("vip", "true"), "vip:boolean=true")).isEqualTo("match");
    }

    @Test
    void shouldTakeTheFirstPolicyThatMatchesAndLookItUpAgainWhenAttributesChange() {
        Scenario tiers = new Scenario(policies(
                policy("gold", Map.of("resolution", target("1h")), is("tier", "gold"), is("channel", "phone")),
                policy("phone", Map.of("resolution", target("2h")), is("channel", "phone")),
                policy("rest", Map.of("resolution", target("3h")))));

        tiers.on("10:00", "T1", "opened", "tier=gold");
        assertThat(tiers.ticket("T1").policy()).isEqualTo("rest");
        tiers.on("10:00", "T1", "updated", "channel=phone");
        assertThat(tiers.ticket("T1").policy()).isEqualTo("gold");
        tiers.on("10:00", "T1", "updated", "tier=");

        assertThat(tiers.ticket("T1").policy()).isEqualTo("phone");
    }
}
