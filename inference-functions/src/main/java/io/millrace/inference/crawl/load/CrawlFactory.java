package io.millrace.inference.crawl.load;

import io.millrace.inference.crawl.CrawlFunction;
import io.millrace.inference.crawl.Sources;
import io.millrace.inference.function.FunctionFactory;
import io.millrace.inference.function.PhaseFunction;
import io.millrace.inference.registry.Models;

/** Loads function {@code crawl} with the sources of the installation. */
public final class CrawlFactory implements FunctionFactory {
    @Override
    public String name() {
        return "crawl";
    }

    @Override
    public PhaseFunction load(Models models) throws Exception {
        return new CrawlFunction(Sources.load(models.folder()));
    }
}
