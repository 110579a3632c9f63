package io.millrace.edge.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides whether the edge may open a connection to an address that a user named. Public unicast addresses may be reached; private,
 * loopback, link-local (where clouds keep their metadata), shared, multicast and reserved ones (IANA special-purpose registries, RFC
 * 6890) only if an operator listed them, and so with every IPv6 form that carries an IPv4 address inside.
 *
 * <p>The decision is about an address, never about a name: a name may point elsewhere a moment later. So connect to what
 * {@link #resolve} gave, or through {@link GuardedResolver}, and ask again for every redirect.
 */
public final class AddressGuard {
    private static final List<AddressRange> REFUSED = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    "224.0.0.0/3",
                    // Inside 2000::/3: Teredo and others of 2001::/23, documentation, 6to4.
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(AddressRange::parse)
            .toList();
    private static final AddressRange GLOBAL_IPV6 = AddressRange.parse("2000::/3");

    private final List<AddressRange> allowed;

    /** @param allowed ranges that may be reached although they are not public */
    AddressGuard(List<AddressRange> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    /** A guard that also lets through these ranges, as {@code 127.0.0.0/8}. @throws IllegalArgumentException naming a bad one */
    public static AddressGuard allowing(List<String> ranges) {
        return new AddressGuard(ranges.stream().map(AddressRange::parse).toList());
    }

    /** Whether an operator listed it. */
    public boolean isListed(InetAddress address) {
        byte[] bytes = address.getAddress();
        return allowed.stream().anyMatch(range -> range.holds(bytes));
    }

    public boolean mayReach(InetAddress address) {
        if (isListed(address)) {
            return true;
        }
        byte[] bytes = address.getAddress();
        boolean unicast = bytes.length == 4 || GLOBAL_IPV6.holds(bytes);
        return unicast && REFUSED.stream().noneMatch(range -> range.holds(bytes));
    }

    /**
     * Looks a name up; blocks.
     *
     * @return its addresses, all of which may be reached, at least one
     * @throws Refused when one of them may not: a name that points both ways is a trick, not a mistake
     * @throws UnknownHostException when there is no such name
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        List<InetAddress> found = List.of(InetAddress.getAllByName(host));
        for (InetAddress address : found) {
            require(address);
        }
        return found;
    }

    /** @throws Refused unless {@link #mayReach} */
    void require(InetAddress address) throws Refused {
        if (!mayReach(address)) {
            throw new Refused(address);
        }
    }

    /** The address may not be reached. Terminal: trying again changes nothing. */
    public static final class Refused extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        Refused(InetAddress address) {
            // Not the address itself: callers hand messages on, and what an internal name points to is not for users.
            super("it points to " + (address.isLoopbackAddress() ? "this machine" : "an address that is not public")
                    + "; an operator may allow it with MILLRACE_OUTBOUND_ALLOW");
        }
    }
}
