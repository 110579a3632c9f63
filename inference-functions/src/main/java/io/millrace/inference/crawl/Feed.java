package io.millrace.inference.crawl;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Entries of an RSS 2.0 or Atom feed. Document types and external entities are not read. */
final class Feed {
    private static final int MAX_ENTRIES = 500;

    private Feed() {}

    /** One entry. */
    record Entry(URI link, String title) {}

    /** @throws XMLStreamException when it is no well-formed feed */
    static List<Entry> read(URI address, byte[] xml) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
        List<Entry> entries = new ArrayList<>();
        try {
            while (reader.hasNext() && entries.size() < MAX_ENTRIES) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && (reader.getLocalName().equals("item")
                                || reader.getLocalName().equals("entry"))) {
                    entry(address, reader).ifPresent(entries::add);
                }
            }
        } finally {
            reader.close();
        }
        return entries;
    }

    private static Optional<Entry> entry(URI address, XMLStreamReader reader) throws XMLStreamException {
        String end = reader.getLocalName();
        String title = "";
        Optional<URI> link = Optional.empty();
        int depth = 1;
        while (depth > 0) {
            int event = reader.next();
            if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                String name = reader.getLocalName();
                String target = reader.getAttributeValue(null, "href");
                String relation = reader.getAttributeValue(null, "rel");
                if (depth == 2 && name.equals("title")) {
                    title = Page.plain(text(reader));
                    depth--;
                } else if (depth == 2 && name.equals("link") && target != null) {
                    boolean main = relation == null || relation.equals("alternate");
                    link = link.isEmpty() && main ? Page.resolved(address, target) : link;
                } else if (depth == 2 && name.equals("link") && end.equals("item")) {
                    link = Page.resolved(address, text(reader).strip());
                    depth--;
                }
            }
        }
        String named = title;
        return link.map(uri -> new Entry(uri, named));
    }

    /** All characters up to the end of the element, marks inside it left out. */
    private static String text(XMLStreamReader reader) throws XMLStreamException {
        StringBuilder text = new StringBuilder();
        for (int depth = 1; depth > 0; ) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(reader.getText());
            }
        }
        return text.toString();
    }
}
