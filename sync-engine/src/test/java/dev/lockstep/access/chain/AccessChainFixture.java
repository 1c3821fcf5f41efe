package dev.lockstep.access.chain;

import dev.lockstep.access.Groups;
import dev.lockstep.access.GuardedMutations;
import dev.lockstep.access.Hooks;
import dev.lockstep.access.RepeatedMutations;
import dev.lockstep.access.RequestMutations;
import dev.lockstep.access.policy.ApplicationRules;
import dev.lockstep.access.policy.CollectionAccess;
import dev.lockstep.access.policy.OwnershipCheck;
import dev.lockstep.access.policy.Policies;
import dev.lockstep.access.policy.ReadFilters;
import dev.lockstep.access.policy.ReferenceVisibility;
import dev.lockstep.access.policy.RuleInvoker;
import dev.lockstep.api.Caller;
import dev.lockstep.api.Mutation;
import dev.lockstep.api.MutationResult;
import dev.lockstep.api.Mutations;
import dev.lockstep.api.Refusal;
import dev.lockstep.api.SyncException;
import dev.lockstep.api.access.AccessPolicy;
import dev.lockstep.collection.registry.CollectionRegistry;
import dev.lockstep.database.ContainerResources;
import dev.lockstep.database.SameContext;
import dev.lockstep.database.ServerResources;
import dev.lockstep.database.TestDatabase;
import dev.lockstep.database.Transactions;
import dev.lockstep.delivery.ApplicationStages;
import dev.lockstep.delivery.CompletesOnPublisher;
import dev.lockstep.event.EventStores;
import dev.lockstep.execution.ApplicationExecutor;
import dev.lockstep.execution.EngineExecutor;
import dev.lockstep.handler.Handlers;
import dev.lockstep.log.ActionLog;
import dev.lockstep.log.EpochMonitor;
import dev.lockstep.log.EpochMonitorFixture;
import dev.lockstep.log.Floors;
import dev.lockstep.log.HighWaterMark;
import dev.lockstep.metrics.Metrics;
import dev.lockstep.mutation.batch.IdempotencyLookup;
import dev.lockstep.room.ResponseBarrier;
import dev.lockstep.room.RoomScopeExtension;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.se.SeContainer;
import jakarta.enterprise.inject.se.SeContainerInitializer;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Singleton;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The access chain of the application "workshop" in a container of its own, without dialects. */
public final class AccessChainFixture implements AutoCloseable {
    /** Longest wait for an answer. One that takes longer fails the test. */
    private static final int ANSWER_SECONDS_MAX = 20;

    /** The time of all tests. */
    static final Instant NOW = Instant.parse("2026-11-21T01:02:03.004Z");

    private final ExecutorService executor = Executors.newCachedThreadPool();
    private final SeContainer container;

    private AccessChainFixture(Beans beans, Class<?>... more) {
        container = SeContainerInitializer.newInstance()
                .disableDiscovery()
                .addExtensions(new RoomScopeExtension(), beans)
                .addBeanClasses(
                        GuardedMutations.class,
                        RequestMutations.class,
                        MetricsInterceptor.class,
                        AuditInterceptor.class,
                        AuditTrail.class,
                        LoggingInterceptor.class,
                        AuthenticatedInterceptor.class,
                        RoomInterceptor.class,
                        OwnershipInterceptor.class,
                        CollectionsInterceptor.class,
                        AccessRulesInterceptor.class,
                        ApplicationRules.class,
                        CollectionAccess.class,
                        OwnershipCheck.class,
                        ReferenceVisibility.class,
                        Policies.class,
                        RuleInvoker.class,
                        ReadFilters.class,
                        EngineExecutor.class,
                        ApplicationExecutor.class,
                        ApplicationStages.class,
                        ResponseBarrier.class,
                        ContainerResources.class,
                        Metrics.class,
                        Groups.class,
                        Handlers.class,
                        Hooks.class,
                        RepeatedMutations.class,
                        StoredResultInterceptor.class,
                        IdempotencyLookup.class,
                        InMemoryMemberships.class,
                        AdmittedReads.class)
                .addBeanClasses(more)
                .initialize();
        ThreadFactory threads = Thread::new;
        container
                .select(ContainerResources.class)
                .get()
                .provide(new ServerResources(
                        beans.database().dataSource(),
                        managed(ManagedExecutorService.class, executor),
                        managed(ManagedThreadFactory.class, threads),
                        SameContext.service(),
                        managed(TransactionSynchronizationRegistry.class, beans.database())));
    }

    private static <T> T managed(Class<T> type, Object plain) {
        return type.cast(Proxy.newProxyInstance(
                AccessChainFixture.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.invoke(plain, arguments)));
    }

    /** Without a policy; {@link AdmittedMutations} records the mutations that access admits. */
    static AccessChainFixture without(Class<?>... more) {
        return new AccessChainFixture(
                new Beans(
                        Optional.empty(),
                        Optional.empty(),
                        TestDatabase.h2(),
                        TestDatabase.h2().transactions(),
                        TestDatabase.collections()),
                with(more));
    }

    /** With a policy; {@link AdmittedMutations} records the mutations that access admits. */
    static AccessChainFixture under(AccessPolicy policy, Class<?>... more) {
        return new AccessChainFixture(
                new Beans(
                        Optional.of(policy),
                        Optional.empty(),
                        TestDatabase.h2(),
                        TestDatabase.h2().transactions(),
                        TestDatabase.collections()),
                with(more));
    }

    /** With a policy, before mutations that are written. */
    public static AccessChainFixture before(
            Mutations mutations, AccessPolicy policy, TestDatabase database, Class<?>... more) {
        return before(mutations, policy, database, database.transactions(), more);
    }

    /** With a policy; all beans but the mutations use these transactions of the database. */
    public static AccessChainFixture before(
            Mutations mutations,
            AccessPolicy policy,
            TestDatabase database,
            Transactions transactions,
            Class<?>... more) {
        return new AccessChainFixture(
                new Beans(
                        Optional.of(policy),
                        Optional.of(mutations),
                        database,
                        transactions,
                        TestDatabase.collections()),
                more);
    }

    /** With a policy and other collections; {@link AdmittedMutations} records the mutations that access admits. */
    static AccessChainFixture of(
            CollectionRegistry collections, AccessPolicy policy, TestDatabase database, Transactions transactions) {
        return new AccessChainFixture(
                new Beans(Optional.of(policy), Optional.empty(), database, transactions, collections), with());
    }

    private static Class<?>[] with(Class<?>... more) {
        Class<?>[] all = Arrays.copyOf(more, more.length + 1);
        all[more.length] = AdmittedMutations.class;
        return all;
    }

    /** A caller with this subject. */
    public static Caller user(String name) {
        return new Caller("workshop", Optional.of(name), Map.of(), Optional.empty());
    }

    public <T> T select(Class<T> type) {
        return container.select(type).get();
    }

    /** The result of a mutation. */
    public MutationResult submit(Mutation mutation) {
        return result(select(GuardedMutations.class).submit(mutation));
    }

    private static MutationResult result(CompletionStage<MutationResult> answer) {
        try {
            return answer.toCompletableFuture().get(ANSWER_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SyncException refused) {
                return new MutationResult.Refused(refused.refusal());
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** The results of mutations that are submitted as a batch. */
    public List<MutationResult> submitTogether(List<Mutation> mutations) {
        List<CompletionStage<MutationResult>> answers = new ArrayList<>();
        select(RequestMutations.class)
                .submitTogether(() -> mutations.forEach(
                        each -> answers.add(select(GuardedMutations.class).submit(each))));
        return answers.stream().map(AccessChainFixture::result).toList();
    }

    /** The code of the refusal; empty if the mutation is applied. */
    Optional<Refusal> refusal(Mutation mutation) {
        return switch (submit(mutation)) {
            case MutationResult.Applied applied -> Optional.empty();
            case MutationResult.Refused refused -> Optional.of(refused.refusal());
        };
    }

    /** Code and message of the refusal; "done" if the mutation is applied. */
    String refusalText(Mutation mutation) {
        return refusal(mutation)
                .map(refusal -> refusal.code().status() + " " + refusal.message())
                .orElse("done");
    }

    @Override
    public void close() {
        container.close();
        executor.shutdownNow();
    }

    private static final class ByTheEngine extends AnnotationLiteral<CompletesOnPublisher>
            implements CompletesOnPublisher {
        private static final long serialVersionUID = 1L;
    }

    /** The beans that a server's deployment would bring. */
    public record Beans(
            Optional<AccessPolicy> policy,
            Optional<Mutations> mutations,
            TestDatabase database,
            Transactions transactions,
            CollectionRegistry collections)
            implements Extension {
        /** Called by CDI. */
        public void add(@Observes AfterBeanDiscovery discovery) {
            add(discovery, Transactions.class, transactions);
            add(discovery, CollectionRegistry.class, collections);
            add(discovery, EpochMonitor.class, EpochMonitorFixture.on(transactions, new HighWaterMark()));
            add(discovery, InstantSource.class, () -> NOW);
            add(discovery, ActionLog.class, new ActionLog());
            add(discovery, EventStores.class, new EventStores(transactions, () -> NOW, Runnable::run));
            add(discovery, Floors.class, new Floors());
            policy.ifPresent(of -> add(discovery, AccessPolicy.class, of));
            mutations.ifPresent(done -> {
                discovery
                        .<Mutations>addBean()
                        .beanClass(dev.lockstep.sample.Task.class)
                        .addType(Mutations.class)
                        .addQualifier(new ByTheEngine())
                        .scope(Singleton.class)
                        .createWith(context -> done);
            });
        }

        /** As if a class of the application "workshop" had produced it. */
        private static <T> void add(AfterBeanDiscovery discovery, Class<T> type, T bean) {
            discovery
                    .<T>addBean()
                    .beanClass(dev.lockstep.sample.Task.class)
                    .addType(type)
                    .scope(Singleton.class)
                    .createWith(context -> bean);
        }
    }
}
