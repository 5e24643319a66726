using System.Net;
using NUnit.Framework;
using RecordHub.Cli.Hub;
using RecordHub.Server.Hosting;

namespace RecordHub.Cli.Tests;

/// <summary>Who has logged in to a service need not name it; the token goes to no other, and is nobody else's to read.</summary>
[CancelAfter(120_000)]
public sealed class LoginTests
{
    private const string Settings = "XDG_CONFIG_HOME";

    private string _folder = string.Empty;
    private string? _before;
    private RecordHubHost _host = null!;

    private string Server => $"http://{_host.Http}";

    private string Token => File.ReadAllText(Path.Combine(_folder, "data", "admin.token")).Trim();

    [SetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("recordhub-login-").FullName;
        _before = Environment.GetEnvironmentVariable(Settings);
        Environment.SetEnvironmentVariable(Settings, Path.Combine(_folder, "settings"));
        _host = await RecordHubHost.StartAsync(
            new RecordHubOptions
            {
                Data = Path.Combine(_folder, "data"),
                Http = new IPEndPoint(IPAddress.Loopback, 0),
                Dicom = new IPEndPoint(IPAddress.Loopback, 0),
            },
            CancellationToken.None, EmbeddedHub.NoLog);
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _host.DisposeAsync();
        Environment.SetEnvironmentVariable(Settings, _before);
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Commands_work_on_the_service_until_the_logout()
    {
        CommandRun login = await CommandRun.RunAsync("login", "--server", Server, "--token", Token);
        Assert.That(login.ExitCode, Is.EqualTo(ExitCodes.Done), login.ToString());
        Assert.That(login.Output, Does.Contain(Profile.FilePath).And.Not.Contain(Token));

        CommandRun created = await CommandRun.RunAsync(
            "case", "create", "--specialty", "oncology", "--family", "Musterfall", "--given", "Ärin", "--birth-date", "1961-04-09",
            "--question", "Surgery?");
        Assert.That(created.ExitCode, Is.EqualTo(ExitCodes.Done), created.ToString());
        Assert.That((await CommandRun.RunAsync("case", "list", "--json")).Output, Does.Contain("Musterfall"));
        Assert.That((await CommandRun.RunAsync("case", "list", "--json", "--server", Server)).Output, Does.Contain("Musterfall"));
        Assert.That((await CommandRun.RunAsync("case", "list", "--data", Path.Combine(_folder, "nowhere"))).Error, Does.Contain("no store here"));

        Assert.That((await CommandRun.RunAsync("logout")).ExitCode, Is.EqualTo(ExitCodes.Done));
        Assert.That(File.Exists(Profile.FilePath), Is.False);
        Assert.That((await CommandRun.RunAsync("logout")).Output, Does.Contain("Nobody was logged in"));
    }

    [Test]
    public async Task The_token_is_kept_for_its_owner_and_goes_to_no_other_service()
    {
        await CommandRun.RunAsync("login", "--server", Server, "--token", Token);

        CommandRun other = await CommandRun.RunAsync("case", "list", "--server", "http://127.0.0.1:1");

        Assert.That(other.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(other.Error, Does.Contain("No token"));
        if (!OperatingSystem.IsWindows())
        {
            Assert.That(File.GetUnixFileMode(Profile.FilePath!), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
    }

    [Test]
    public async Task A_wrong_token_or_no_service_is_kept_nowhere()
    {
        CommandRun wrong = await CommandRun.RunAsync("login", "--server", Server, "--token", "rh_wrong");
        CommandRun nobody = await CommandRun.RunAsync("login", "--token", "rh_wrong");
        CommandRun folder = await CommandRun.RunAsync("login", "--server", Server, "--data", _folder, "--token", Token);

        Assert.That(wrong.ExitCode, Is.EqualTo(ExitCodes.Failed), wrong.ToString());
        Assert.That(nobody.ExitCode, Is.EqualTo(ExitCodes.Usage), nobody.ToString());
        Assert.That(folder.ExitCode, Is.EqualTo(ExitCodes.Usage), folder.ToString());
        Assert.That(File.Exists(Profile.FilePath), Is.False);
    }

    [Test]
    public async Task A_profile_that_is_none_is_said_and_can_be_removed()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Profile.FilePath!)!);
        await File.WriteAllTextAsync(Profile.FilePath!, "{ no profile");

        CommandRun run = await CommandRun.RunAsync("case", "list");

        Assert.That(run.ExitCode, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("no profile").And.Contain("logout"));
        Assert.That((await CommandRun.RunAsync("logout")).Output, Does.Contain("Logged out"));
    }
}
