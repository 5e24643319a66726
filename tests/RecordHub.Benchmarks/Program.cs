using System.Globalization;
using System.Text.Json;
using BenchmarkDotNet.Running;
using RecordHub.Benchmarks.Load;

if (args is ["send", .. string[] sending])
{
    Arguments given = new(sending);
    CannonResult result = await Cannon.RunAsync(new CannonOptions(
        given.Text("host", "127.0.0.1"), given.Number("port", 11112), given.Text("aet", "RECORDHUB"),
        given.Number("associations", 4), given.Number("count", 1000), given.Number("length", 524288),
        given.Number("per-study", 500), given.Number("first-study", 1), given.Text("patient", "M1"), given.Has("nagle")));
    Console.WriteLine(JsonSerializer.Serialize(result));
    return result.Failed == 0 ? 0 : 1;
}

if (args is ["files", .. string[] writing])
{
    Arguments given = new(writing);
    InstanceTemplate template = new(given.Number("length", 524288), given.Text("patient", "M1"));
    string folder = given.Text("folder", ".");
    int perStudy = given.Number("per-study", 500);
    for (int i = 0; i < given.Number("count", 1000); i++)
    {
        long study = given.Number("first-study", 1) + (i / perStudy);
        string place = Path.Combine(folder, study.ToString(CultureInfo.InvariantCulture));
        Directory.CreateDirectory(place);
        File.WriteAllBytes(Path.Combine(place, $"{i % perStudy:D6}.dcm"), template.File(study, (i % perStudy) + 1));
    }

    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(Arguments).Assembly).Run(args);
return 0;
