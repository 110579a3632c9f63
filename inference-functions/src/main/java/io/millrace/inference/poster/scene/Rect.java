package io.millrace.inference.poster.scene;

/** A rectangle in pixels; x to the right, y down. */
public record Rect(double x, double y, double w, double h) {
    public double right() {
        return x + w;
    }

    public double bottom() {
        return y + h;
    }

    public double centerX() {
        return x + w / 2;
    }

    public double centerY() {
        return y + h / 2;
    }

    public double area() {
        return w * h;
    }

    /** Grown on every side; negative shrinks. */
    public Rect grown(double by) {
        return grown(by, by);
    }

    public Rect grown(double horizontally, double vertically) {
        return new Rect(
                x - horizontally, y - vertically, Math.max(0, w + 2 * horizontally), Math.max(0, h + 2 * vertically));
    }

    public Rect union(Rect other) {
        double left = Math.min(x, other.x);
        double upper = Math.min(y, other.y);
        return new Rect(
                left, upper, Math.max(right(), other.right()) - left, Math.max(bottom(), other.bottom()) - upper);
    }

    /** The part both have; empty ones have no width or height. */
    public Rect intersection(Rect other) {
        double left = Math.max(x, other.x);
        double upper = Math.max(y, other.y);
        return new Rect(
                left,
                upper,
                Math.max(0, Math.min(right(), other.right()) - left),
                Math.max(0, Math.min(bottom(), other.bottom()) - upper));
    }

    public boolean overlaps(Rect other) {
        return x < other.right() && other.x < right() && y < other.bottom() && other.y < bottom();
    }

    /** Whether the other lies inside, give or take a hundredth of a pixel. */
    public boolean holds(Rect other) {
        return other.x >= x - .01
                && other.y >= y - .01
                && other.right() <= right() + .01
                && other.bottom() <= bottom() + .01;
    }

    /** Distance from a point to the rectangle, 0 inside. */
    public double distance(double px, double py) {
        double dx = Math.max(0, Math.max(x - px, px - right()));
        double dy = Math.max(0, Math.max(y - py, py - bottom()));
        return Math.hypot(dx, dy);
    }
}
