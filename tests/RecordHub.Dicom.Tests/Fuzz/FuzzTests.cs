using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using RecordHub.Dicom.Files;
using RecordHub.Dicom.Tests.Files;

namespace RecordHub.Dicom.Tests.Fuzz;

/// <summary>
/// Damaged input of every kind gives an outcome or the declared exception, in bounded time and memory. tests/fuzz.sh runs
/// it at length: <c>RECORDHUB_FUZZ_COUNT</c> inputs of <c>RECORDHUB_FUZZ_SEED</c>, from <c>RECORDHUB_FUZZ_FIRST</c> on; each
/// input follows from seed and number alone, and those that fail are put into <c>RECORDHUB_FUZZ_SAVE</c>.
/// </summary>
public class FuzzTests
{
    private const long MaxAllocated = 128L * 1024 * 1024;
    private const long MaxGrowth = 256L * 1024 * 1024;
    private static readonly TimeSpan s_maxTime = TimeSpan.FromSeconds(10);

    private static int Count => Setting("RECORDHUB_FUZZ_COUNT", 20_000);

    private static int Seed => Setting("RECORDHUB_FUZZ_SEED", 20_240_517);

    private static int First => Setting("RECORDHUB_FUZZ_FIRST", 0);

    [Test]
    public async Task Every_input_ends_as_declared_in_bounded_time_and_memory()
    {
        FuzzTarget[] targets = [.. FileTargets.All([.. Files()]), .. NetworkTargets.All()];
        int[] shares = [.. targets.SelectMany((target, index) => Enumerable.Repeat(index, target.Share))];
        ConcurrentDictionary<string, int> outcomes = new();
        ConcurrentBag<string> failures = [];
        long most = 0;
        long slowest = 0;
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await Parallel.ForEachAsync(Enumerable.Range(First, Count), async (number, _) =>
        {
            Random random = new(unchecked((Seed * 397) ^ (number * 7919)));
            FuzzTarget target = targets[shares[random.Next(shares.Length)]];
            byte[] input = target.Mutator.Next(random);
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            Stopwatch watch = Stopwatch.StartNew();
            ValueTask<string> running = Guarded(target, input, random);
            allocated = running.IsCompleted ? GC.GetAllocatedBytesForCurrentThread() - allocated : 0;
            string outcome = await running;
            outcomes.AddOrUpdate($"{target.Name}: {outcome}", 1, (_, count) => count + 1);
            InterlockedMax(ref most, allocated);
            InterlockedMax(ref slowest, watch.ElapsedMilliseconds);
            if (outcome.StartsWith('!') || allocated > MaxAllocated || watch.Elapsed > s_maxTime)
            {
                Save(number, input);
                failures.Add($"{number} ({target.Name}, {input.Length} bytes): {outcome}, {allocated} bytes, {watch.ElapsedMilliseconds} ms");
            }
        });

        long growth = GC.GetTotalMemory(forceFullCollection: true) - before;
        await TestContext.Out.WriteLineAsync(
            $"Seed {Seed}, {Count} inputs from {First}: at most {most} bytes allocated and {slowest} ms for one; {growth} bytes kept.");
        foreach ((string outcome, int count) in outcomes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            await TestContext.Out.WriteLineAsync($"{count,8} {outcome}");
        }

        Assert.That(failures, Is.Empty, $"RECORDHUB_FUZZ_SEED={Seed} RECORDHUB_FUZZ_FIRST=<number> RECORDHUB_FUZZ_COUNT=1 runs one again");
        Assert.That(growth, Is.LessThan(MaxGrowth));
    }

    private static async ValueTask<string> Guarded(FuzzTarget target, byte[] input, Random random)
    {
        try
        {
            return await target.Run(input, random);
        }
#pragma warning disable CA1031 // Whatever comes out is what is looked for.
        catch (Exception undeclared)
#pragma warning restore CA1031
        {
            return "! " + undeclared;
        }
    }

    private static void Save(int number, byte[] input)
    {
        if (Environment.GetEnvironmentVariable("RECORDHUB_FUZZ_SAVE") is { Length: > 0 } folder)
        {
            File.WriteAllBytes(Path.Combine(folder, $"{number}.bin"), input);
        }
    }

    private static IEnumerable<byte[]> Files()
    {
        foreach (TestCaseData data in ReadToleranceTests.Inputs())
        {
            yield return (byte[])data.Arguments[1]!;
        }

        for (int i = 0; i < 10; i++)
        {
            foreach (byte[] file in SampleData.Native.Select(syntax => DicomFileWriter.ToBytes(SampleData.Image(), syntax)))
            {
                yield return file;
            }

            yield return SampleData.EncapsulatedFile();
        }

        // The real ones too when the run is a long one and they are there.
        if (Count > 20_000 && Corpus.IsHere("dicom"))
        {
            foreach (string path in Corpus.DicomFiles().Where(path => new FileInfo(path).Length is > 0 and < 16_384))
            {
                yield return File.ReadAllBytes(path);
            }
        }
    }

    private static void InterlockedMax(ref long most, long value)
    {
        long seen;
        while (value > (seen = Interlocked.Read(ref most)) && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
        }
    }

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out int value)
            ? value
            : otherwise;
}
