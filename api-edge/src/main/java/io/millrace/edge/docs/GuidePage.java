package io.millrace.edge.docs;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/**
 * One document as HTML. Links to its neighbours lead to their pages and are called as these are; those that lead out of the folder become
 * plain text.
 *
 * @param title its first heading
 */
record GuidePage(String name, String title, String html) {
    private static final List<Extension> EXTENSIONS =
            List.of(TablesExtension.create(), HeadingAnchorExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(EXTENSIONS).escapeHtml(true).build();
    private static final TextContentRenderer TEXT =
            TextContentRenderer.builder().build();
    private static final Pattern NEIGHBOUR = Pattern.compile("([a-z0-9-]+)\\.md(#.*)?");
    private static final Pattern ELSEWHERE = Pattern.compile("(https?://|#|/).*");

    /** @param markdown CommonMark with the tables of GitHub */
    static GuidePage of(String name, String markdown) {
        Node document = PARSER.parse(markdown);
        Title title = new Title();
        document.accept(title);
        document.accept(new Ways());
        return new GuidePage(name, title.text.isEmpty() ? name : title.text, RENDERER.render(document));
    }

    private static final class Title extends AbstractVisitor {
        private String text = "";

        @Override
        public void visit(Heading heading) {
            if (text.isEmpty()) {
                text = TEXT.render(heading).strip();
            }
        }
    }

    private static final class Ways extends AbstractVisitor {
        @Override
        public void visit(Image image) {
            image.setDestination(GuideController.PATH + "/" + image.getDestination());
        }

        @Override
        public void visit(Link link) {
            visitChildren(link);
            Matcher neighbour = NEIGHBOUR.matcher(link.getDestination());
            if (neighbour.matches()) {
                String place = neighbour.group(2) == null ? "" : neighbour.group(2);
                link.setDestination(GuideController.PATH + "/" + neighbour.group(1) + place);
                if (link.getFirstChild() instanceof Text text) {
                    text.setLiteral(text.getLiteral().replaceFirst("\\.md$", ""));
                }
            } else if (!ELSEWHERE.matcher(link.getDestination()).matches()) {
                unlink(link);
            }
        }

        private static void unlink(Link link) {
            for (Node child = link.getFirstChild(); child != null; child = link.getFirstChild()) {
                link.insertBefore(child);
            }
            link.unlink();
        }
    }
}
