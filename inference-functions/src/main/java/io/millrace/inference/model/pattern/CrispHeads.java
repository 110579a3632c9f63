package io.millrace.inference.model.pattern;

import io.millrace.inference.model.torchscript.ModuleWriter;
import java.util.Random;

/** Heads with edges: worked out for each pixel; an edge is one pixel wide at any size. */
final class CrispHeads {
    private static final int WAVES = 5;

    private CrispHeads() {}

    static void weights(ModuleWriter module, Random random) {
        int latent = PatternModule.LATENT;
        double even = 1.0 / Math.sqrt(latent);
        for (String name : new String[] {"wa", "wb", "wc", "wd"}) {
            module.parameter(name, PatternModule.gauss(random, latent * WAVES, 1.5 * even), latent, WAVES);
        }
        float[] start = new float[WAVES];
        for (int i = 0; i < WAVES; i++) {
            start[i] = 0.02f + i * 0.19f;
        }
        module.parameter("start", start, 1, WAVES);
        module.parameter("dice", PatternModule.gauss(random, latent * 2, 3 * even), latent, 2);
    }

    private static void stretched(ModuleWriter module) {
        module.line(
                "plane = torch.reshape(torch.transpose(xy, 0, 1), [1, 2, torch.size(calm, 0), torch.size(calm, 1)])");
        module.line("still1 = torch.reshape(calm, [1, 1, torch.size(calm, 0), torch.size(calm, 1)])");
        module.line("both = torch.cat([plane, still1], 1)");
        module.line("tallness = torch.add(torch.mul(torch.sub(torch.size(calm, 0), 1), 2), 1)");
        module.line("wideness = torch.add(torch.mul(torch.sub(torch.size(calm, 1), 1), 2), 1)");
        module.line("full = torch.upsample_bilinear2d(both, [tallness, wideness], True, None, None)");
        module.line("rows = torch.slice(full, 2, 0, torch.size(noise, 0))");
        module.line("cut = torch.slice(rows, 3, 0, torch.size(noise, 1))");
        module.line("each = torch.reshape(cut, [3, -1])");
        module.line("x = torch.reshape(torch.select(each, 0, 0), [-1, 1])");
        module.line("y = torch.reshape(torch.select(each, 0, 1), [-1, 1])");
        module.line("still = torch.reshape(torch.select(each, 0, 2), [-1, 1])");
        module.line("ground = torch.slice(palette, 0, 0, 1)");
    }

    private static void finish(ModuleWriter module, String name) {
        module.line(
                "e = torch.clamp(torch.add(" + name + ", torch.mul(torch.reshape(noise, [-1, 1]), grain)), 0., 1.)");
        module.line("return torch.to(torch.mul(e, 255.), 0)");
    }

    /** {@code warp} 0 gives waves, 1 gives ridges; {@code reach} tells how many pixels a unit has. */
    static void waves(ModuleWriter module) {
        stretched(module);
        module.line("unit = torch.mul(reach, 25.)");
        module.line("f1 = torch.mul(torch.add(torch.mul(torch.sigmoid(torch.matmul(z, self.wa)), 1.5), 0.7), freq)");
        module.line("p1 = torch.mul(torch.matmul(z, self.wb), 4.)");
        module.line("f2 = torch.mul(f1, 2.37)");
        module.line("p2 = torch.mul(torch.matmul(z, self.wc), 4.)");
        module.line("s1 = torch.sin(torch.add(torch.mul(x, f1), p1))");
        module.line("s2 = torch.sin(torch.add(torch.mul(x, f2), p2))");
        module.line("smooth = torch.add(s1, torch.mul(s2, 0.35))");
        module.line("ridge = torch.sub(torch.add(torch.mul(torch.abs(s1), 1.6), torch.mul(torch.abs(s2), 0.5)), 0.9)");
        module.line("curve = torch.add(torch.mul(smooth, torch.rsub(warp, 1.)), torch.mul(ridge, warp))");
        module.line("rise = torch.mul(self.start, torch.mul(tall, layers))");
        module.line("lift = torch.mul(torch.tanh(torch.matmul(z, self.wd)), 0.05)");
        module.line("edge = torch.add(torch.add(rise, lift), torch.mul(curve, torch.mul(shade, 0.16)))");
        module.line("t0 = torch.mul(torch.sub(y, edge), unit)");
        module.line("t = torch.sub(t0, torch.mul(torch.mul(still, still), torch.mul(unit, 1.9)))");
        module.line("cover = torch.sigmoid(torch.mul(torch.clamp(t, -20., 20.), 1.6))");
        module.line("fall = torch.exp(torch.div(torch.clamp(t, -100000., 0.), reach))");
        module.line("drop = torch.mul(torch.mul(torch.rsub(cover, 1.), fall), torch.mul(grad, 0.5))");
        module.line("haze = torch.exp(torch.div(torch.neg(torch.clamp(t, 0., 100000.)), torch.mul(reach, 9.)))");
        module.line("c0 = torch.add(torch.mul(x, 0.), ground)");
        for (int i = 0; i < WAVES; i++) {
            String slice = "1, " + i + ", " + (i + 1) + ")";
            module.line("a" + i + " = torch.slice(cover, " + slice);
            module.line("k" + i + " = torch.slice(palette, 0, " + (i + 1) + ", " + (i + 2) + ")");
            module.line("j" + i + " = torch.slice(palette, 0, " + i + ", " + (i + 1) + ")");
            module.line("m" + i + " = torch.add(k" + i + ", torch.mul(torch.sub(j" + i + ", k" + i
                    + "), torch.mul(torch.slice(haze, " + slice + ", sharp)))");
            module.line("b" + i + " = torch.mul(c" + i + ", torch.rsub(torch.slice(drop, " + slice + ", 1.))");
            module.line("c" + (i + 1) + " = torch.add(b" + i + ", torch.mul(torch.sub(m" + i + ", b" + i + "), a" + i
                    + "))");
        }
        finish(module, "c" + WAVES);
    }

    /** {@code tile} is the side of a square in half short sides; the grid begins at the upper left corner. */
    static void tiles(ModuleWriter module) {
        stretched(module);
        module.line("u = torch.add(torch.div(torch.add(x, broad), tile), 0.0005)");
        module.line("v = torch.add(torch.div(torch.add(y, tall), tile), 0.0005)");
        module.line("i = torch.floor(u)");
        module.line("j = torch.floor(v)");
        module.line("fx = torch.sub(u, i)");
        module.line("fy = torch.sub(v, j)");
        module.line("dice = torch.matmul(z, self.dice)");
        module.line("da = torch.slice(dice, 1, 0, 1)");
        module.line(
                "ra = torch.frac(torch.abs(torch.mul(torch.sin(torch.add(torch.add(torch.mul(i, 12.9898), torch.mul(j,"
                        + " 78.233)), da)), 437.585)))");
        module.line("rb = torch.frac(torch.mul(ra, 37.719))");
        module.line("rc = torch.frac(torch.mul(ra, 91.377))");
        module.line("rd = torch.frac(torch.mul(ra, 53.113))");
        module.line("qx = torch.sub(fx, torch.floor(torch.mul(rb, 2.)))");
        module.line("qy = torch.sub(fy, torch.floor(torch.mul(torch.frac(torch.mul(rb, 5.31)), 2.)))");
        module.line("sizes = torch.mul(torch.mul(tile, reach), 25.)");
        module.line("quarter = torch.rsub(torch.sqrt(torch.add(torch.mul(qx, qx), torch.mul(qy, qy))), 1.)");
        module.line("mx = torch.sub(fx, 0.5)");
        module.line("my = torch.sub(fy, 0.5)");
        module.line("middle = torch.rsub(torch.sqrt(torch.add(torch.mul(mx, mx), torch.mul(my, my))), 0.34)");
        module.line("corner = torch.rsub(torch.add(torch.abs(qx), torch.abs(qy)), 1.)");
        module.line("isq = torch.sigmoid(torch.mul(torch.rsub(rc, 0.52), 4000.))");
        module.line("isc = torch.sigmoid(torch.mul(torch.sub(rc, 0.84), 4000.))");
        module.line("ist = torch.rsub(torch.add(isq, isc), 1.)");
        module.line(
                "away = torch.add(torch.add(torch.mul(quarter, isq), torch.mul(middle, isc)), torch.mul(corner, ist))");
        module.line("cover = torch.sigmoid(torch.clamp(torch.mul(torch.mul(away, sizes), 1.6), -20., 20.))");
        module.line("back = torch.floor(torch.mul(rd, 3.2))");
        module.line("front = torch.add(torch.floor(torch.mul(torch.frac(torch.mul(rd, 17.13)), 3.)), 3.)");
        module.line("kb = torch.sub(back, self.steps)");
        module.line("kf = torch.sub(front, self.steps)");
        module.line("cb = torch.matmul(torch.softmax(torch.neg(torch.mul(torch.mul(kb, kb), 60.)), 1), palette)");
        module.line("cf = torch.matmul(torch.softmax(torch.neg(torch.mul(torch.mul(kf, kf), 60.)), 1), palette)");
        module.line("c0 = torch.add(cb, torch.mul(torch.sub(cf, cb), cover))");
        module.line("hush = torch.clamp(torch.mul(torch.sub(still, 0.45), 40.), 0., 1.)");
        module.line("c1 = torch.add(c0, torch.mul(torch.sub(ground, c0), hush))");
        finish(module, "c1");
    }
}
