-- What an author does in Neovim, with its own language client: open a plan with mistakes, read them, mend them by the
-- editor's own commands, rename, lay out, save. Run by tests/editor/run.sh inside a playbook, by a Neovim without any settings.

local program = assert(os.getenv('PLAYBOOK'), 'PLAYBOOK names the program')
local plan = 'content/campaigns/june/campaign.toml'
local patience = 20000

local function fail(what)
  io.stdout:write('not ok: ' .. what .. '\n')
  for _, d in ipairs(vim.diagnostic.get()) do
    io.stdout:write(string.format('  %d:%d %s\n', d.lnum + 1, d.col + 1, d.message))
  end
  vim.cmd('cquit 1')
end

local function ok(what) io.stdout:write('ok: ' .. what .. '\n') end

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n') .. '\n' end

--- Waits for what the server or the editor does in its own time.
local function wait(what, is_so)
  if not vim.wait(patience, is_so, 20) then fail(what) end
  ok(what)
end

--- The finding of a rule, in the open file.
local function finding(code)
  for _, d in ipairs(vim.diagnostic.get(0)) do
    local own = d.code or (d.user_data and d.user_data.lsp and d.user_data.lsp.code)
    if own == code then return d end
  end
end

--- Puts the cursor on the first place of some words.
local function go(words)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = line:find(words, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { number, at - 1 })
      return
    end
  end
  fail('there is no `' .. words .. '`')
end

--- Takes the first thing that the editor offers.
vim.ui.select = function(items, _, chosen) chosen(items[1], 1) end

vim.cmd('edit ' .. plan)
vim.bo.filetype = 'toml'
local client = vim.lsp.start_client({ name = 'playbook', cmd = { program, 'lsp' }, root_dir = vim.fn.getcwd() })
if not client then fail('the server does not start') end
vim.lsp.buf_attach_client(0, client)

wait('a mistyped key is found', function() return finding('shape/unknown-key') end)
wait('a name that nobody has is found', function() return finding('reference/person') end)
local wrong = finding('shape/wrong-type')
if not wrong then fail('a number where words belong is not found') end
local line = vim.api.nvim_buf_get_lines(0, wrong.lnum, wrong.lnum + 1, false)[1]
if line:sub(wrong.col + 1, wrong.col + 1) ~= '5' then fail('columns behind Chinese words are counted otherwise: ' .. wrong.col) end
ok('columns behind Chinese words and an emoji are right')

go('sclae')
vim.lsp.buf.code_action()
wait('the key is mended by a code action', function() return text():find('\nscale = "large"', 1, true) end)
wait('and its finding goes', function() return not finding('shape/unknown-key') end)

go('lin-yeu')
vim.lsp.buf.code_action()
wait('the name is mended by a code action', function() return text():find('owner="lin-yue"', 1, true) end)

go(', de = 5')
vim.cmd('normal! 8x')
wait('what is typed is judged', function() return not finding('shape/wrong-type') end)

go('venue"')
vim.lsp.buf.rename('venue-signed')
wait('a milestone is renamed here', function() return text():find('"venue-signed+2wd"', 1, true) end)
local results = vim.fn.bufnr('content/campaigns/june/results.toml')
local done = results > 0 and vim.api.nvim_buf_get_lines(results, 0, -1, false) or {}
if not vim.tbl_contains(done, 'venue-signed = 2026-06-01') then fail('and in the results: ' .. vim.inspect(done)) end
ok('and in the results, which were not open')

if vim.lsp.buf.format then vim.lsp.buf.format() else vim.lsp.buf.formatting_sync(nil, patience) end
wait('the file is laid out', function() return text():find('\nowner = "lin-yue"\n', 1, true) end)

vim.cmd('wall')
vim.lsp.stop_client(client)
wait('the server ends when it is asked to', function() return vim.lsp.client_is_stopped(client) end)
vim.cmd('qall!')
