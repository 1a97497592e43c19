package io.tocsin.engine;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Holds the engine to what makes a replay give the same answers: it is told everything and asks the machine nothing.
 *
 * <p>Only main code is looked at. The pipeline is let off what rings and threads cannot do without, and nothing else: it
 * too is given its clock. What these rules cannot see, such as the order of a hash map, shows in the state hash.
 */
@AnalyzeClasses(packages = "io.tocsin.engine", importOptions = DoNotIncludeTests.class)
class EnginePurityTest {
    private static final String PIPELINE = "io.tocsin.engine.pipeline..";

    @ArchTest
    static final ArchRule shouldStandOnJavaBaseAndThreeLibrariesAlone = classes()
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "io.tocsin.engine..",
                            "java.io",
                            "java.lang",
                            "java.lang.annotation",
                            "java.lang.invoke",
                            "java.lang.ref",
                            "java.lang.runtime",
                            "java.math",
                            "java.nio",
                            "java.nio.charset",
                            "java.security",
                            "java.text",
                            "java.time..",
                            "java.util",
                            "java.util.concurrent..",
                            "java.util.function",
                            "java.util.regex",
                            "java.util.stream",
                            "java.util.zip",
                            "com.lmax.disruptor..",
                            "org.agrona..",
                            "org.HdrHistogram..",
                            "org.jspecify.annotations")
                    .as("belong to java.base, without files and networks, or to disruptor, agrona or HdrHistogram"));

    @ArchTest
    static final ArchRule shouldNeverAskForTheTime = noClasses()
            .should()
            .accessTargetWhere(isOneOf(
                    "java.lang.System.(currentTimeMillis|nanoTime)",
                    "java.time\\..*\\.now",
                    "java.time.(Clock|InstantSource).(system.*|tick(Millis|Seconds|Minutes))",
                    "java.util.(Date|GregorianCalendar).<init>",
                    "java.util.Calendar.getInstance",
                    "org.agrona\\..*(System|Offset|HighResolution)\\w*(Clock|Timer)\\..*"))
            .because("time is given: a replay must see the time that was recorded");

    @ArchTest
    static final ArchRule shouldNotDependOnHowTheMachineIsSetUp = noClasses()
            .should()
            .accessTargetWhere(isOneOf(
                    "java.lang.System.(getenv|getProperty)",
                    "java.lang.(Boolean.getBoolean|Integer.getInteger|Long.getLong)",
                    "java.nio.charset.Charset.defaultCharset",
                    "java.time.ZoneId.systemDefault",
                    "java.util.(Locale|TimeZone).getDefault"))
            .because("the state hash is the same on any machine");

    @ArchTest
    static final ArchRule shouldRollNoDice = noClasses()
            .should()
            .accessTargetWhere(isOneOf(
                    "java.lang.Math.random",
                    "java.lang.System.identityHashCode",
                    "java.security.SecureRandom\\..*",
                    "java.util.(Random|SplittableRandom|random\\..*)\\..*",
                    "java.util.UUID.randomUUID",
                    "java.util.concurrent.ThreadLocalRandom\\..*"))
            .because("the same events must give the same alerts");

    @ArchTest
    static final ArchRule shouldPrintAndLogNothing = noClasses()
            .should()
            .accessTargetWhere(isOneOf(
                    "java.lang.System.(out|err|in|console|getLogger)",
                    "java.lang\\..*\\.printStackTrace",
                    "io.tocsin\\..*\\.printStackTrace",
                    "java.util.logging\\..*",
                    "org.slf4j\\..*"))
            .because("what the engine has to say are alerts, views and exceptions");

    @ArchTest
    static final ArchRule shouldTouchNoFiles = noClasses()
            .should()
            .dependOnClassesThat(isNamed(
                    "java.io.(File.*|RandomAccessFile|PrintStream|Console)",
                    "java.nio.Mapped.*",
                    "org.agrona.(IoUtil|MarkFile|MappedResizeableBuffer)"))
            .because("journals and snapshots belong to other modules, behind ports");

    @ArchTest
    static final ArchRule shouldNeverSleep = noClasses()
            .should()
            .accessTargetWhere(isOneOf("java.lang.Thread.sleep", "java.util.concurrent.TimeUnit.sleep"))
            .because("nothing here waits for time to pass; the pipeline idles with a strategy it is given");

    @ArchTest
    static final ArchRule shouldLeaveThreadsToThePipeline = noClasses()
            .that()
            .resideOutsideOfPackage(PIPELINE)
            .should()
            .dependOnClassesThat(isNamed("java.lang.(Thread.*|Runtime)", "java.util.concurrent\\..*")
                    .and(DescribedPredicate.not(JavaClass.Predicates.type(TimeUnit.class))))
            .because("all state has one writer, and that thread is the pipeline's");

    @ArchTest
    static final ArchRule shouldKeepItsRoomsFreeOfTheCoreAndThePipeline = noClasses()
            .that()
            .resideInAnyPackage(
                    "io.tocsin.engine.alert..",
                    "io.tocsin.engine.calendar..",
                    "io.tocsin.engine.event..",
                    "io.tocsin.engine.policy..",
                    "io.tocsin.engine.snapshot..",
                    "io.tocsin.engine.timer..",
                    "io.tocsin.engine.view..")
            .should()
            .dependOnClassesThat(resideInAnyPackage("io.tocsin.engine.core..", PIPELINE))
            .because("the core stands on the rooms, and the pipeline on the core");

    /** Matches calls, method references and fields by {@code class.member}. */
    private static DescribedPredicate<JavaAccess<?>> isOneOf(String... members) {
        Pattern pattern = anyOf(members);
        return describe(
                pattern.pattern(),
                access -> pattern.matcher(access.getTargetOwner().getName()
                                + '.'
                                + access.getTarget().getName())
                        .matches());
    }

    private static DescribedPredicate<JavaClass> isNamed(String... names) {
        Pattern pattern = anyOf(names);
        return describe(
                "are named " + pattern.pattern(),
                type -> pattern.matcher(type.getName()).matches());
    }

    private static Pattern anyOf(String... alternatives) {
        return Pattern.compile(String.join("|", alternatives));
    }
}
