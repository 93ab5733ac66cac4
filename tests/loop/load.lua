-- wrk asks for one path after the other, and tells at its end what went wrong.
local paths = {}
for line in io.lines(os.getenv("LOOP_PAGES")) do
  paths[#paths + 1] = "/" .. line
end
local turn = 0
function request()
  turn = turn + 1
  return wrk.format("GET", paths[turn % #paths + 1])
end
function done(summary)
  local e = summary.errors
  io.write(string.format('\nRESULT {"requests": %d, "connect": %d, "read": %d, "write": %d, "status": %d, "timeout": %d}\n',
    summary.requests, e.connect, e.read, e.write, e.status, e.timeout))
end
