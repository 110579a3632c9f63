package io.millrace.edge.outbound;

import io.netty.resolver.AbstractAddressResolver;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import reactor.core.scheduler.Scheduler;

/**
 * Lets a netty client connect only where the guard lets it: {@code HttpClient.create().resolver(new GuardedResolver(guard, scheduler))}.
 * The address that was checked is the one that is connected to, redirects and literal addresses included. A refused connection fails
 * with {@link AddressGuard.Refused}.
 */
public final class GuardedResolver extends AddressResolverGroup<InetSocketAddress> {
    private final AddressGuard guard;
    private final Scheduler lookups;

    /** @param lookups where names are looked up: it may block there */
    public GuardedResolver(AddressGuard guard, Scheduler lookups) {
        this.guard = guard;
        this.lookups = lookups;
    }

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new AbstractAddressResolver<>(executor, InetSocketAddress.class) {
            /** Never: also a literal address goes through the guard. */
            @Override
            protected boolean doIsResolved(InetSocketAddress address) {
                return false;
            }

            @Override
            protected void doResolve(InetSocketAddress wanted, Promise<InetSocketAddress> promise) {
                lookups.schedule(() -> complete(wanted, promise));
            }

            @Override
            protected void doResolveAll(InetSocketAddress wanted, Promise<List<InetSocketAddress>> promise) {
                lookups.schedule(() -> completeAll(wanted, promise));
            }
        };
    }

    private void complete(InetSocketAddress wanted, Promise<InetSocketAddress> promise) {
        try {
            promise.trySuccess(addresses(wanted).get(0));
        } catch (IOException | RuntimeException e) {
            promise.tryFailure(e);
        }
    }

    private void completeAll(InetSocketAddress wanted, Promise<List<InetSocketAddress>> promise) {
        try {
            promise.trySuccess(addresses(wanted));
        } catch (IOException | RuntimeException e) {
            promise.tryFailure(e);
        }
    }

    private List<InetSocketAddress> addresses(InetSocketAddress wanted) throws IOException {
        InetAddress literal = wanted.getAddress();
        if (literal != null) {
            guard.require(literal);
            return List.of(wanted);
        }
        return guard.resolve(wanted.getHostString()).stream()
                .map(address -> new InetSocketAddress(address, wanted.getPort()))
                .toList();
    }
}
