package io.millrace.inference.model.pattern;

import io.millrace.inference.model.torchscript.ModuleWriter;
import java.util.Random;

/** Heads without edges: colours are worked out at every second pixel and stretched between. */
final class SoftHeads {
    private static final int DISCS = 26;

    private SoftHeads() {}

    static void weights(ModuleWriter module, Random random) {
        int latent = PatternModule.LATENT;
        int colours = PatternModule.COLOURS;
        double even = 1.0 / Math.sqrt(latent);
        module.parameter("mx", PatternModule.gauss(random, latent * colours, even), latent, colours);
        module.parameter("my", PatternModule.gauss(random, latent * colours, even), latent, colours);
        module.parameter("bx", PatternModule.gauss(random, latent * DISCS, 1.9 * even), latent, DISCS);
        module.parameter("by", PatternModule.gauss(random, latent * DISCS, 1.9 * even), latent, DISCS);
        module.parameter("br", PatternModule.gauss(random, latent * DISCS, 1.4 * even), latent, DISCS);
        float[] pick = new float[DISCS * colours];
        float[] crisp = new float[DISCS];
        for (int i = 0; i < DISCS; i++) {
            pick[i * colours + 3 + i % 3] = 1;
            crisp[i] = i % 4 == 0 ? 5 : 16 + 7 * (i % 5);
        }
        module.parameter("pick", pick, DISCS, colours);
        module.parameter("crisp", crisp, 1, DISCS);
        module.parameter("sun", PatternModule.gauss(random, latent * 2, even), latent, 2);
    }

    /** Each colour has an anchor; a point takes the colours of the anchors near it, seen through the network's distortion. */
    private static void blend(ModuleWriter module, double reach) {
        module.line("still = torch.reshape(calm, [-1, 1])");
        module.line("ax = torch.mul(torch.mul(torch.tanh(torch.matmul(z, self.mx)), broad), " + reach + ")");
        module.line("ay = torch.mul(torch.mul(torch.tanh(torch.matmul(z, self.my)), tall), " + reach + ")");
        module.line("px = torch.add(torch.slice(xy, 1, 0, 1), torch.mul(torch.slice(h4, 1, 0, 1), warp))");
        module.line("py = torch.add(torch.slice(xy, 1, 1, 2), torch.mul(torch.slice(h4, 1, 1, 2), warp))");
        module.line("ux = torch.sub(px, ax)");
        module.line("uy = torch.sub(py, ay)");
        module.line("dd = torch.add(torch.mul(ux, ux), torch.mul(uy, uy))");
        module.line("w = torch.softmax(torch.neg(torch.mul(dd, sharp)), 1)");
        module.line("c0 = torch.matmul(w, palette)");
        module.line("ground = torch.slice(palette, 0, 0, 1)");
    }

    private static void quiet(ModuleWriter module, String from, String to, double most) {
        module.line(to + " = torch.add(" + from + ", torch.mul(torch.sub(ground, " + from + "), torch.mul(still, "
                + most + ")))");
    }

    /** Stretches {@code name} [n,3] to full size, adds grain and returns bytes. */
    private static void finish(ModuleWriter module, String name) {
        module.line("flat = torch.reshape(torch.transpose(" + name
                + ", 0, 1), [1, 3, torch.size(calm, 0), torch.size(calm, 1)])");
        module.line("tallness = torch.add(torch.mul(torch.sub(torch.size(calm, 0), 1), 2), 1)");
        module.line("wideness = torch.add(torch.mul(torch.sub(torch.size(calm, 1), 1), 2), 1)");
        module.line("full = torch.upsample_bilinear2d(flat, [tallness, wideness], True, None, None)");
        module.line("rows = torch.slice(full, 2, 0, torch.size(noise, 0))");
        module.line("cut = torch.slice(rows, 3, 0, torch.size(noise, 1))");
        module.line("col = torch.transpose(torch.reshape(cut, [3, -1]), 0, 1)");
        module.line("e = torch.clamp(torch.add(col, torch.mul(torch.reshape(noise, [-1, 1]), grain)), 0., 1.)");
        module.line("return torch.to(torch.mul(e, 255.), 0)");
    }

    static void mesh(ModuleWriter module) {
        blend(module, 1.15);
        quiet(module, "c0", "c1", 0.82);
        finish(module, "c1");
    }

    static void bokeh(ModuleWriter module) {
        blend(module, 1.2);
        module.line("cx = torch.mul(torch.sin(torch.matmul(z, self.bx)), broad)");
        module.line("cy = torch.mul(torch.sin(torch.matmul(z, self.by)), tall)");
        module.line("rr = torch.add(torch.mul(torch.sigmoid(torch.matmul(z, self.br)), 0.34), 0.05)");
        module.line("vx = torch.sub(torch.slice(xy, 1, 0, 1), cx)");
        module.line("vy = torch.sub(torch.slice(xy, 1, 1, 2), cy)");
        module.line("dist = torch.sqrt(torch.add(torch.add(torch.mul(vx, vx), torch.mul(vy, vy)), 0.000001))");
        module.line("near = torch.mul(torch.sub(rr, dist), self.crisp)");
        module.line("disc = torch.sigmoid(torch.mul(near, 2.))");
        module.line("edge = torch.exp(torch.neg(torch.mul(near, near)))");
        module.line("glow = torch.mul(torch.add(torch.mul(disc, 0.2), torch.mul(edge, 0.1)), shade)");
        module.line("lamps = torch.matmul(self.pick, palette)");
        module.line("total = torch.clamp(torch.sum(glow, [1], True), 0., 1.)");
        module.line("light = torch.sub(torch.matmul(glow, lamps), torch.mul(c0, total))");
        quiet(module, "c0", "c1", 0.85);
        module.line("c2 = torch.add(c1, torch.mul(light, torch.rsub(torch.mul(still, 0.93), 1.)))");
        finish(module, "c2");
    }

    /** From one colour to the next down the picture, with a sun. */
    static void grain(ModuleWriter module) {
        module.line("still = torch.reshape(calm, [-1, 1])");
        module.line("ground = torch.slice(palette, 0, 0, 1)");
        module.line("down = torch.add(torch.mul(torch.div(torch.slice(xy, 1, 1, 2), tall), 0.5), 0.5)");
        module.line("bend = torch.mul(torch.slice(h4, 1, 0, 1), torch.mul(warp, 0.3))");
        module.line("s = torch.clamp(torch.add(down, bend), 0., 1.)");
        module.line("q5 = torch.sub(torch.mul(s, 4.4), self.steps)");
        module.line("c0 = torch.matmul(torch.softmax(torch.neg(torch.mul(torch.mul(q5, q5), sharp)), 1), palette)");
        module.line("at = torch.mul(torch.tanh(torch.matmul(z, self.sun)), 0.45)");
        module.line("sx = torch.sub(torch.slice(xy, 1, 0, 1), torch.mul(torch.slice(at, 1, 0, 1), broad))");
        module.line("sy = torch.sub(torch.slice(xy, 1, 1, 2), torch.mul(torch.slice(at, 1, 1, 2), tall))");
        module.line("sd = torch.sqrt(torch.add(torch.add(torch.mul(sx, sx), torch.mul(sy, sy)), 0.000001))");
        module.line("disc = torch.sigmoid(torch.mul(torch.rsub(sd, 0.52), 160.))");
        module.line("halo = torch.mul(torch.exp(torch.neg(torch.mul(torch.relu(torch.sub(sd, 0.52)), 2.6))), 0.4)");
        module.line("glow = torch.mul(torch.mul(torch.clamp(torch.add(disc, halo), 0., 1.), shade), torch.rsub(still,"
                + " 1.))");
        module.line("warm = torch.slice(palette, 0, 5, 6)");
        module.line("c1 = torch.add(c0, torch.mul(torch.sub(warm, c0), glow))");
        quiet(module, "c1", "c2", 0.8);
        finish(module, "c2");
    }
}
