package io.millrace.inference.model.pattern;

import io.millrace.inference.model.torchscript.ModuleWriter;
import java.util.Random;

/**
 * The networks themselves: one compositional pattern-producing network (Stanley 2007) of random weights with six heads, one for each
 * {@link PatternKind}. The paper-cut head: coordinates and a latent vector give a height; heights are cut into terraces like layers of paper, each with a colour of the palette, an edge one pixel wide and a
 * shadow of constant width. {@code calm} presses the height down; where it is 1 only the lowest terrace is left, so that the layers
 * open around text.
 */
final class PatternModule {
    static final int LATENT = 24;
    static final int COLOURS = 6;
    static final int KNOBS = 11;

    private static final int FEATURES = 16;
    private static final int HIDDEN = 32;
    private static final long WEIGHTS = 7;
    static final String END = "9223372036854775807";

    private PatternModule() {}

    /**
     * Arguments: xy [n,2], z [1,24], palette [6,3], knobs [1,11], calm [h,w] with n = h w, noise [rows,columns]; gives [rows columns,3]
     * bytes. Heights are worked out at every second pixel and stretched between: they are smooth, and this is where the time goes. Edges and
     * shadows are cut at full size.
     */
    static ModuleWriter create(PatternKind kind) {
        ModuleWriter module = new ModuleWriter("Pattern", "xy", "z", "palette", "knobs", "calm", "noise");
        weights(module);
        String[] names = {"freq", "warp", "sharp", "layers", "grad", "shade", "reach", "grain", "tall", "broad", "tile"
        };
        for (int i = 0; i < KNOBS; i++) {
            module.line(names[i] + " = torch.slice(knobs, 1, " + i + ", " + (i + 1) + ")");
        }
        switch (kind) {
            case PAPER_CUT -> {
                trunk(module);
                height(module);
                terraces(module);
                colour(module);
            }
            case MESH -> {
                trunk(module);
                SoftHeads.mesh(module);
            }
            case BOKEH -> {
                trunk(module);
                SoftHeads.bokeh(module);
            }
            case GRAIN -> {
                trunk(module);
                SoftHeads.grain(module);
            }
            case WAVES -> CrispHeads.waves(module);
            case GEOMETRIC -> CrispHeads.tiles(module);
        }
        return module;
    }

    private static void weights(ModuleWriter module) {
        Random random = new Random(WEIGHTS);
        module.parameter("wf", gauss(random, 2 * FEATURES, 1.0), 2, FEATURES);
        module.parameter("bf", gauss(random, FEATURES, 2.0), FEATURES);
        module.parameter("wz", gauss(random, LATENT * HIDDEN, 1.0 / Math.sqrt(LATENT)), LATENT, HIDDEN);
        int wide = 2 * FEATURES + 3;
        module.parameter("w0", gauss(random, wide * HIDDEN, 1.2 / Math.sqrt(wide)), wide, HIDDEN);
        for (int i = 1; i <= 4; i++) {
            module.parameter("w" + i, gauss(random, HIDDEN * HIDDEN, 1.35 / Math.sqrt(HIDDEN)), HIDDEN, HIDDEN);
            module.parameter("b" + i, gauss(random, HIDDEN, .3), HIDDEN);
        }
        module.parameter("wo", gauss(random, HIDDEN * (COLOURS + 1), 1.6 / Math.sqrt(HIDDEN)), HIDDEN, COLOURS + 1);
        float[] steps = new float[COLOURS];
        for (int i = 0; i < COLOURS; i++) {
            steps[i] = i;
        }
        module.parameter("steps", steps, 1, COLOURS);
        SoftHeads.weights(module, random);
        CrispHeads.weights(module, random);
    }

    static float[] gauss(Random random, int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * scale);
        }
        return values;
    }

    private static void trunk(ModuleWriter module) {
        module.line("zz = torch.matmul(z, self.wz)");
        module.line("p = torch.mul(xy, freq)");
        module.line("q = torch.add(torch.matmul(p, self.wf), self.bf)");
        module.line("r = torch.sqrt(torch.sum(torch.mul(p, p), [1], True))");
        module.line(
                "f = torch.cat([torch.mul(torch.sin(q), warp), torch.mul(torch.cos(torch.mul(q, 0.5)), warp), p, r],"
                        + " 1)");
        module.line("h = torch.tanh(torch.add(torch.matmul(f, self.w0), zz))");
        module.line("h1 = torch.tanh(torch.add(torch.add(torch.matmul(h, self.w1), self.b1), zz))");
        module.line("h2 = torch.add(torch.sin(torch.add(torch.matmul(h1, self.w2), self.b2)), torch.mul(h, 0.5))");
        module.line("h3 = torch.tanh(torch.add(torch.matmul(h2, self.w3), self.b3))");
        module.line("h4 = torch.add(torch.tanh(torch.add(torch.matmul(h3, self.w4), self.b4)), torch.mul(h1, 0.5))");
        module.line("o = torch.matmul(h4, self.wo)");
    }

    private static void height(ModuleWriter module) {
        module.line("raw = torch.mul(torch.add(torch.sin(torch.mul(torch.slice(o, 1, " + COLOURS + ", " + (COLOURS + 1)
                + "), 1.7)), 1.), 0.5)");
        module.line("low = torch.reshape(raw, [torch.size(calm, 0), torch.size(calm, 1)])");
        module.line("pair = torch.unsqueeze(torch.stack([low, calm], 0), 0)");
        module.line("tall = torch.add(torch.mul(torch.sub(torch.size(calm, 0), 1), 2), 1)");
        module.line("wide = torch.add(torch.mul(torch.sub(torch.size(calm, 1), 1), 2), 1)");
        module.line("full = torch.upsample_bilinear2d(pair, [tall, wide], True, None, None)");
        module.line("rows = torch.slice(full, 2, 0, torch.size(noise, 0))");
        module.line("cut = torch.slice(rows, 3, 0, torch.size(noise, 1))");
        module.line("field = torch.select(torch.select(cut, 0, 0), 0, 0)");
        module.line("still = torch.select(torch.select(cut, 0, 0), 0, 1)");
        module.line("grid = torch.mul(torch.relu(torch.sub(field, still)), torch.mul(layers, 0.999))");
        module.line("v = torch.reshape(grid, [-1, 1])");
    }

    /** Distances to an edge are in pixels, from the slope of the height in the picture, so that edges and shadows are even. */
    private static void terraces(ModuleWriter module) {
        module.line("dx = torch.sub(torch.slice(grid, 1, 1, " + END + "), torch.slice(grid, 1, 0, -1))");
        module.line("dy = torch.sub(torch.slice(grid, 0, 1, " + END + "), torch.slice(grid, 0, 0, -1))");
        module.line("gx = torch.cat([dx, torch.slice(dx, 1, -1, " + END + ")], 1)");
        module.line("gy = torch.cat([dy, torch.slice(dy, 0, -1, " + END + ")], 0)");
        module.line("slope = torch.sqrt(torch.add(torch.add(torch.mul(gx, gx), torch.mul(gy, gy)), 0.00000001))");
        module.line("g = torch.reshape(slope, [-1, 1])");
        module.line("fl = torch.floor(v)");
        module.line("fr = torch.sub(v, fl)");
        module.line("far = torch.div(torch.sub(fr, 0.5), g)");
        module.line("st = torch.sigmoid(torch.mul(torch.clamp(far, -20., 20.), 2.2))");
        module.line("u = torch.div(torch.add(torch.add(fl, torch.mul(st, torch.rsub(grad, 1.))), torch.mul(fr, grad)),"
                + " layers)");
    }

    private static void colour(ModuleWriter module) {
        module.line("d = torch.sub(torch.mul(u, " + (COLOURS - 1) + ".), self.steps)");
        module.line("a = torch.softmax(torch.neg(torch.mul(torch.mul(d, d), sharp)), 1)");
        module.line("c = torch.matmul(a, palette)");
        module.line(
                "under = torch.mul(torch.rsub(st, 1.), torch.exp(torch.div(torch.clamp(far, -10000., 0.), reach)))");
        module.line("rim = torch.mul(st, torch.exp(torch.div(torch.neg(torch.clamp(far, 0., 10000.)), torch.mul(reach,"
                + " 0.22))))");
        // On a terrace narrower than its shadow both must end with it, or a second edge shows.
        module.line("shadow = torch.mul(under, torch.clamp(torch.mul(fr, 4.), 0., 1.))");
        module.line("light = torch.mul(rim, torch.clamp(torch.mul(torch.rsub(fr, 1.), 4.), 0., 1.))");
        module.line("dark = torch.mul(c, torch.rsub(torch.mul(shadow, shade), 1.))");
        module.line("lit = torch.add(dark, torch.mul(torch.mul(light, shade), 0.16))");
        module.line("e = torch.clamp(torch.add(lit, torch.mul(torch.reshape(noise, [-1, 1]), grain)), 0., 1.)");
        module.line("return torch.to(torch.mul(e, 255.), 0)");
    }
}
