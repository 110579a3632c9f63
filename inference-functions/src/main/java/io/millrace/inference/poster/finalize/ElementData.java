package io.millrace.inference.poster.finalize;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.inference.data.Json;
import io.millrace.inference.poster.colour.Rgb;
import io.millrace.inference.poster.scene.Rect;
import io.millrace.inference.poster.scene.Shape;
import io.millrace.inference.poster.text.Lettering.Line;
import io.millrace.inference.poster.type.Align;
import io.millrace.inference.poster.type.Typesetter.Setting;

/** One element in the shape of the requirements' data model: transform, style, content. */
final class ElementData {
    private ElementData() {}

    static ObjectNode picture(String id, String layer, Rect box, String artifact) {
        ObjectNode element = element(id, layer, "image", box, 1);
        element.putObject("content").put("image_url", artifact);
        return flags(element, true, false);
    }

    static ObjectNode shape(String id, String layer, Shape shape) {
        if (shape.type() == Shape.Type.IMAGE) {
            ObjectNode picture = picture(id, layer, shape.box(), shape.path());
            if (shape.look().radius() > 0) {
                ((ObjectNode) picture.path("content"))
                        .put("radius", tenth(shape.look().radius()));
            }
            return flags(picture, false, true);
        }
        Shape.Look look = shape.look();
        ObjectNode element = element(id, layer, "shape", shape.box(), look.opacity());
        ObjectNode style = (ObjectNode) element.path("style");
        Rgb fill = look.fill();
        if (fill != null) {
            style.putObject("fill").put("type", "solid").put("color", fill.toString());
        }
        Rgb stroke = look.stroke();
        if (stroke != null) {
            style.putObject("stroke")
                    .put("color", stroke.toString())
                    .put("width", tenth(look.strokeWidth()))
                    .put("line_cap", "round")
                    .put("line_join", "round");
        }
        if (look.shadow() > 0) {
            style.putObject("shadow")
                    .put("color", "rgba(0,0,0,0.26)")
                    .put("offset_x", 0)
                    .put("offset_y", tenth(look.shadow() * 0.35))
                    .put("blur", tenth(look.shadow()))
                    .put("spread", 0);
        }
        ObjectNode content = element.putObject("content");
        content.put("shape_type", shape.type().name().toLowerCase(java.util.Locale.ROOT));
        content.put("name", shape.name());
        if (shape.type() == Shape.Type.PATH) {
            content.put("shape_path", shape.path()).put("view_box", "0 0 100 100");
        } else if (look.radius() > 0) {
            content.put("radius", tenth(look.radius()));
        }
        return flags(element, false, true);
    }

    static ObjectNode text(String id, String layer, Line line, String text, String source) {
        ObjectNode element = element(id, layer, "text", line.box(), 1);
        Setting setting = line.setting();
        ObjectNode style = (ObjectNode) element.path("style");
        style.putObject("fill").put("type", "solid").put("color", line.color().toString());
        style.putObject("text_style")
                .put("font_family", setting.weight().family())
                .put("font_size", tenth(setting.size()))
                .put("font_weight", setting.weight().css())
                .put("font_style", "normal")
                .put("line_height", setting.lineHeight())
                .put("letter_space", tenth(setting.tracking() * setting.size()))
                .put("text_align", setting.align() == Align.LEFT ? "left" : "center")
                .put("text_decoration", "none");
        ObjectNode content = element.putObject("content");
        content.put("text", text).put("role", line.role().name().toLowerCase(java.util.Locale.ROOT));
        content.put("source", source);
        line.lines().forEach(content.putArray("lines")::add);
        return flags(element, false, true);
    }

    private static ObjectNode element(String id, String layer, String type, Rect box, double opacity) {
        ObjectNode element = Json.object();
        element.put("id", id).put("layer_id", layer).put("type", type);
        element.putObject("transform")
                .put("x", tenth(box.x()))
                .put("y", tenth(box.y()))
                .put("width", tenth(box.w()))
                .put("height", tenth(box.h()))
                .put("rotation", 0)
                .put("scale_x", 1)
                .put("scale_y", 1)
                .put("skew_x", 0)
                .put("skew_y", 0);
        element.putObject("style")
                .put("opacity", Math.round(opacity * 100) / 100.0)
                .put("blend_mode", "normal");
        return element;
    }

    private static ObjectNode flags(ObjectNode element, boolean locked, boolean selectable) {
        return element.put("locked", locked).put("visible", true).put("selectable", selectable);
    }

    private static double tenth(double value) {
        return Math.round(value * 10) / 10.0;
    }
}
