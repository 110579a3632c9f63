package io.millrace.inference.crawl.fetch;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;

/**
 * Which addresses may be reached: http and https, on hosts all of whose addresses are public. Hosts that the installation names are
 * reached whatever their address. The look-up comes before the connection; a name server that answers differently a moment later
 * could still lead elsewhere, which is why an installation should also keep its crawler out of its inner network.
 */
final class Addresses {
    private static final int MAX_LENGTH = 4_096;

    private final Set<String> allowed;

    /** @param allowed host, or host:port, in lower case */
    Addresses(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
    }

    /** @throws NotFetched when the address must not be reached, saying why */
    void require(URI uri) throws NotFetched {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT);
        if (uri.toString().length() > MAX_LENGTH) {
            throw new NotFetched(uri, "is longer than " + MAX_LENGTH + " characters");
        }
        boolean web = scheme.equals("http") || scheme.equals("https");
        if (!web || host.isEmpty() || uri.getRawUserInfo() != null) {
            throw new NotFetched(uri, "is no plain http or https address");
        }
        if (allowed.contains(host) || allowed.contains(host + ":" + uri.getPort())) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                if (isPrivate(address)) {
                    throw new NotFetched(uri, "lies in a private network (" + address.getHostAddress() + ")");
                }
            }
        } catch (UnknownHostException e) {
            throw new NotFetched(uri, "names a host that is not known");
        }
    }

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        int first = bytes[0] & 255;
        int second = bytes[1] & 255;
        if (address instanceof Inet6Address) {
            // Unique local fc00::/7; 6to4, Teredo, documentation and NAT64 hide or carry version 4 addresses.
            boolean uniqueLocal = (first & 0xFE) == 0xFC;
            boolean carries = (first == 0x20 && (second == 0x02 || (second == 0x01 && (bytes[2] & 255) < 0x0E)))
                    || (first == 0 && second == 0x64);
            boolean compatible = first == 0 && second == 0;
            return uniqueLocal || carries || compatible || local(address);
        }
        boolean shared = first == 100 && second >= 64 && second < 128;
        boolean special =
                first == 0 || first >= 224 || (first == 192 && second == 0) || (first == 198 && (second & 0xFE) == 18);
        return shared || special || local(address);
    }

    private static boolean local(InetAddress address) {
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }
}
