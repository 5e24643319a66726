using System.Globalization;
using System.Text.Json;
using RecordHub.Benchmarks.Load;
using RecordHub.Benchmarks.Whole;

namespace RecordHub.Benchmarks;

/// <summary>The parts that bench.sh puts together.</summary>
internal static class Verbs
{
    /// <summary>Runs a part; null when it is none.</summary>
    public static async Task<int?> TryRunAsync(string verb, Arguments given)
    {
        switch (verb)
        {
            case "send":
                return await SendAsync(given);
            case "files":
                WriteFiles(given);
                return 0;
            case "multiframe":
                MultiFrame.Write(given.Text("path", "big.dcm"), given.Number("mebibytes", 1024), given.Text("uid", "2.25.713"));
                return 0;
            case "get":
                List<double> took = await HttpLoad.GetAsync(
                    new Uri(given.Text("url", "")), given.Has("token") ? given.Text("token", "") : null,
                    given.Text("accept", "*/*"), given.Number("count", 100), given.Number("connections", 1));
                Console.WriteLine(JsonSerializer.Serialize(new { p50 = At(took, 0.5), p95 = At(took, 0.95), p99 = At(took, 0.99) }));
                return 0;
            case "post":
                double seconds = await HttpLoad.PostAsync(
                    new Uri(given.Text("url", "")), given.Text("folder", "."), given.Number("connections", 4));
                Console.WriteLine(JsonSerializer.Serialize(new { seconds = Math.Round(seconds, 2) }));
                return 0;
            case "floor":
                string folder = given.Text("folder", ".");
                int length = given.Number("length", 524288);
                Console.WriteLine(JsonSerializer.Serialize(
                    new { append = DiskFloor.Append(folder, length), files = DiskFloor.Files(folder, length) }));
                return 0;
            case "summarize":
                foreach (string line in Figures.Summarize(File.ReadLines(given.Text("file", ""))))
                {
                    Console.WriteLine(line);
                }

                return 0;
            default:
                return null;
        }
    }

    private static async Task<int> SendAsync(Arguments given)
    {
        CannonResult result = await Cannon.RunAsync(new CannonOptions(
            given.Text("host", "127.0.0.1"), given.Number("port", 11112), given.Text("aet", "RECORDHUB"),
            given.Number("associations", 4), given.Number("count", 1000), given.Number("length", 524288),
            given.Number("per-study", 500), given.Number("first-study", 1), given.Text("patient", "M1"), given.Has("nagle")));
        Console.WriteLine(JsonSerializer.Serialize(result));
        return result.Failed == 0 ? 0 : 1;
    }

    private static void WriteFiles(Arguments given)
    {
        InstanceTemplate template = new(given.Number("length", 524288), given.Text("patient", "M1"));
        int perStudy = given.Number("per-study", 500);
        for (int i = 0; i < given.Number("count", 1000); i++)
        {
            long study = given.Number("first-study", 1) + (i / perStudy);
            string place = Path.Combine(given.Text("folder", "."), study.ToString(CultureInfo.InvariantCulture));
            Directory.CreateDirectory(place);
            File.WriteAllBytes(Path.Combine(place, $"{i % perStudy:D6}.dcm"), template.File(study, (i % perStudy) + 1));
        }
    }

    private static double At(List<double> sorted, double share) =>
        Math.Round(sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))], 2);
}
