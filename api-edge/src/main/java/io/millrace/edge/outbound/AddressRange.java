package io.millrace.edge.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Addresses that share their first bits, as {@code 10.0.0.0/8}.
 *
 * @param base 4 or 16 bytes
 * @param bits how many of them count
 */
@SuppressWarnings("ArrayRecordComponent") // copied in, never handed out, never compared
record AddressRange(byte[] base, int bits) {
    AddressRange {
        base = base.clone();
        if (bits < 0 || bits > base.length * 8) {
            throw new IllegalArgumentException("a range of " + base.length * 8 + " bits cannot have " + bits);
        }
    }

    /** {@code ADDRESS/BITS}, or one address. @throws IllegalArgumentException when it is neither */
    static AddressRange parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        try {
            // Digits, dots and colons only: nothing that would be looked up as a name.
            if (!address.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:.]*")) {
                throw new IllegalArgumentException("not an address");
            }
            byte[] base = InetAddress.getByName(address).getAddress();
            return new AddressRange(base, slash < 0 ? base.length * 8 : Integer.parseInt(text.substring(slash + 1)));
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a range of addresses, as 10.0.0.0/8 or fd00::/8", e);
        }
    }

    boolean holds(byte[] address) {
        if (address.length != base.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit)) & 0xff;
            if ((address[bit / 8] & mask) != (base[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }
}
