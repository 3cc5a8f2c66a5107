-- Posts well-filled forms, each with another mailbox. STAMP and LETTER come from the environment.
local counter = 0
local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("thread_id", threads)
end

function init(args)
  math.randomseed(os.time() + thread_id * 7919)
  salt = math.random(1, 1000000000)
  wrk.method = "POST"
  wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
end

function request()
  counter = counter + 1
  local body = "way=private&name=Min+Example&country=KR&chosen=&website=&via=&email=p" .. thread_id .. "x" .. salt ..
    "x" .. counter .. "%40gmail.com&letter=" .. os.getenv("LETTER") .. "&stamp=" .. os.getenv("STAMP")
  return wrk.format(nil, nil, nil, body)
end

function done(summary, latency, requests)
  local bad = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write
  io.write(string.format("RESULT %f %f %f %d\n", summary.requests / (summary.duration / 1000000),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, bad))
end
