using BenchmarkDotNet.Running;
using RecordHub.Benchmarks;
using RecordHub.Benchmarks.Load;

return args is [string verb, .. string[] rest] && await Verbs.TryRunAsync(verb, new Arguments(rest)) is { } exitCode
    ? exitCode
    : BenchmarkSwitcher.FromAssembly(typeof(Arguments).Assembly).Run(args).Any(static run => run.HasCriticalValidationErrors) ? 1 : 0;
